package dev.statelessmcp.examples.benchmarks.sdk;

import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.transport.HttpServletStatelessServerTransport;
import io.modelcontextprotocol.server.transport.HttpServletStreamableServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The tools on the official Java SDK in its fastest configuration: its stateless servlet at
 * {@code /mcp}, whose handlers run on the thread of the request. Its stateless server cannot send
 * notifications, so the tool that does is on its servlet with sessions, at {@code /session}.
 */
public final class SdkServer {
  private static final int MAX_CALLS = 1_100;
  private static final int OTHER_THREADS = 20;
  private static final int WAIT_MILLIS = 100;
  private static final int NOTIFICATIONS = 1_000;
  private static final int MAX_REQUEST_BYTES = 8 << 20;

  private SdkServer() {}

  /**
   * Serves until the process is ended.
   *
   * @param arguments none
   * @throws Exception if the server does not start
   */
  public static void main(String[] arguments) throws Exception {
    Server server = new Server(new QueuedThreadPool(MAX_CALLS + OTHER_THREADS));
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(MAX_CALLS);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(asynchronous(new ServletHolder(stateless())), "/mcp");
    context.addServlet(asynchronous(new ServletHolder(withSessions())), "/session");
    server.setHandler(context);
    server.start();
    System.out.println("Listening on: http://127.0.0.1:" + connector.getLocalPort() + "/mcp");
    server.join();
  }

  private static ServletHolder asynchronous(ServletHolder holder) {
    holder.setAsyncSupported(true);
    return holder;
  }

  private static HttpServletStatelessServerTransport stateless() {
    HttpServletStatelessServerTransport transport = HttpServletStatelessServerTransport.builder()
        .messageEndpoint("/mcp")
        .maxRequestSize(MAX_REQUEST_BYTES)
        .build();
    McpServer.sync(transport)
        .serverInfo("benchmark", "1.0.0")
        .immediateExecution(true)
        .toolCall(
            tool(
                "echo",
                "Sends the text back",
                Map.of("message", Map.of("type", "string", "description", "Text to send back"))),
            (call, request) -> text((String) request.arguments().get("message")))
        .toolCall(tool("wait", "Takes 100 ms", Map.of()), (call, request) -> {
          try {
            Thread.sleep(WAIT_MILLIS);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return text("waited");
        })
        .build();
    return transport;
  }

  private static HttpServletStreamableServerTransportProvider withSessions() {
    HttpServletStreamableServerTransportProvider transport =
        HttpServletStreamableServerTransportProvider.builder()
            .mcpEndpoint("/session")
            .build();
    McpServer.sync(transport)
        .serverInfo("benchmark", "1.0.0")
        .immediateExecution(true)
        .toolCall(tool("count", "Reports progress 1,000 times", Map.of()), (call, request) -> {
          for (int i = 1; i <= NOTIFICATIONS; i++) {
            call.progressNotification(
                McpSchema.ProgressNotification.builder(request.progressToken(), i)
                    .total((double) NOTIFICATIONS)
                    .message("counting")
                    .build());
          }
          return text("counted");
        })
        .build();
    return transport;
  }

  private static McpSchema.Tool tool(
      String name, String description, Map<String, Object> properties) {
    return McpSchema.Tool.builder(
            name,
            Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                List.copyOf(properties.keySet())))
        .description(description)
        .build();
  }

  private static McpSchema.CallToolResult text(String text) {
    return McpSchema.CallToolResult.builder().addTextContent(text).build();
  }
}
