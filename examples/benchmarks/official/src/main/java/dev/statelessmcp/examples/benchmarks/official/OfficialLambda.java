package dev.statelessmcp.examples.benchmarks.official;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;

/**
 * The SDK's stateless server behind events of an HTTP API (payload 2.0), in its fastest
 * configuration: its JSON mapper reads the event too, the tool runs synchronously on the calling
 * thread, and the server is built in the constructor, that is, in the init phase.
 */
public final class OfficialLambda implements RequestStreamHandler {
  private final McpJsonMapper json = McpJsonDefaults.getMapper();
  private final LambdaTransport transport = new LambdaTransport(json);

  /** Called by Lambda. */
  public OfficialLambda() {
    McpSchema.Tool echo = McpSchema.Tool.builder(
            "echo",
            Map.of(
                "type", "object",
                "properties",
                    Map.of("message", Map.of("type", "string", "description", "Text to send back")),
                "required", List.of("message")))
        .description("A simple echo tool")
        .build();
    McpServer.sync(transport)
        .serverInfo("echo", "1.0.0")
        .immediateExecution(true)
        .toolCall(
            echo,
            (context, call) -> McpSchema.CallToolResult.builder()
                .addTextContent("Echo: " + call.arguments().get("message"))
                .build())
        .build();
  }

  @Override
  public void handleRequest(InputStream event, OutputStream answer, Context context)
      throws IOException {
    Map<?, ?> request = json.readValue(event.readAllBytes(), Map.class);
    answer.write(json.writeValueAsBytes(transport.answer((String) request.get("body"))));
  }
}
