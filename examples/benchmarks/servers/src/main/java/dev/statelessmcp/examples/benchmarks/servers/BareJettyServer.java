package dev.statelessmcp.examples.benchmarks.servers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The tools by hand on Jetty and jackson-databind: the request is read as a tree and the answer
 * written from one, and nothing is checked. The answers have the members and header fields of those
 * of {@link StatelessMcpServer}.
 */
public final class BareJettyServer {
  private static final int OTHER_THREADS = 20;
  private static final byte[] EVENT = "event: message\ndata: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EVENT_END = {'\n', '\n'};
  private static final ObjectMapper JSON = new ObjectMapper();

  private BareJettyServer() {}

  /**
   * Serves until the process is ended.
   *
   * @param arguments none
   * @throws Exception if the server does not start
   */
  public static void main(String[] arguments) throws Exception {
    Server server = new Server(new QueuedThreadPool(StatelessMcpServer.MAX_CALLS + OTHER_THREADS));
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(StatelessMcpServer.MAX_CALLS);
    server.addConnector(connector);
    server.setHandler(new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        answer(request, response, callback);
        return true;
      }
    });
    server.start();
    System.out.println("Listening on: http://127.0.0.1:" + connector.getLocalPort() + "/mcp");
    server.join();
  }

  private static void answer(Request request, Response response, Callback callback)
      throws IOException, InterruptedException {
    JsonNode call;
    try (InputStream body = Content.Source.asInputStream(request)) {
      call = JSON.readTree(body);
    }
    JsonNode params = call.get("params");
    switch (params.get("name").textValue()) {
      case "echo" -> {
        String message = params.get("arguments").get("message").textValue();
        send(response, callback, result(call.get("id"), message));
      }
      case "wait" -> {
        Thread.sleep(StatelessMcpServer.WAIT_MILLIS);
        send(response, callback, result(call.get("id"), "waited"));
      }
      case "count" -> count(call, response, callback);
      default -> throw new IllegalArgumentException("unknown tool");
    }
  }

  private static void send(Response response, Callback callback, ObjectNode answer)
      throws JsonProcessingException {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    response.write(true, ByteBuffer.wrap(JSON.writeValueAsBytes(answer)), callback);
  }

  private static void count(JsonNode call, Response response, Callback callback)
      throws IOException {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
    response.getHeaders().put("X-Accel-Buffering", "no");
    JsonNode token = call.get("params").get("_meta").get("progressToken");
    try (OutputStream stream = Content.Sink.asOutputStream(response)) {
      for (int i = 1; i <= StatelessMcpServer.NOTIFICATIONS; i++) {
        ObjectNode progress = JSON.createObjectNode();
        progress.put("jsonrpc", "2.0").put("method", "notifications/progress");
        progress
            .putObject("params")
            .<ObjectNode>set("progressToken", token)
            .put("progress", i)
            .put("total", StatelessMcpServer.NOTIFICATIONS)
            .put("message", "counting");
        stream.write(event(progress)); // sent at once, as a notification has to be
      }
      stream.write(event(result(call.get("id"), "counted")));
    }
    callback.succeeded();
  }

  private static byte[] event(ObjectNode message) throws JsonProcessingException {
    byte[] json = JSON.writeValueAsBytes(message);
    byte[] event = new byte[EVENT.length + json.length + EVENT_END.length];
    System.arraycopy(EVENT, 0, event, 0, EVENT.length);
    System.arraycopy(json, 0, event, EVENT.length, json.length);
    System.arraycopy(EVENT_END, 0, event, EVENT.length + json.length, EVENT_END.length);
    return event;
  }

  private static ObjectNode result(JsonNode id, String text) {
    ObjectNode answer = JSON.createObjectNode();
    answer.put("jsonrpc", "2.0").set("id", id);
    ObjectNode result = answer.putObject("result");
    result.putArray("content").addObject().put("type", "text").put("text", text);
    result.put("isError", false).put("resultType", "complete");
    result
        .putObject("_meta")
        .putObject("io.modelcontextprotocol/serverInfo")
        .put("name", "benchmark")
        .put("version", "1.0.0");
    return answer;
  }
}
