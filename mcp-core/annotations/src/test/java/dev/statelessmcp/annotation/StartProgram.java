package dev.statelessmcp.annotation;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.stdio.StdioTransport;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A server with one tool, in two ways, that serves one call and prints the answer and the time. */
final class StartProgram {

  record Echo(@Description("what to say") String message) {}

  static class Annotated {
    @McpTool(description = "Says it again", readOnlyHint = true)
    String echo(@Description("what to say") String message) {
      return "Echo: " + message;
    }
  }

  /** A class, as a lambda of the JDK's would be more of them. */
  private static final class Handler implements ToolHandler<Echo, ToolResult> {
    @Override
    public ToolResult handle(Echo input, ToolCall call) {
      return ToolResult.text("Echo: " + input.message());
    }
  }

  private StartProgram() {}

  public static void main(String[] arguments) {
    long start = System.nanoTime();
    McpServer.Builder server = McpServer.named("echo", "1.0");
    if (arguments[0].equals("annotated")) {
      server.tools(Tools.of(new Annotated()));
    } else {
      server.tool(Tool.of("echo", "Says it again", Echo.class, new Handler())
          .annotations(dev.statelessmcp.tool.ToolAnnotations.READ_ONLY));
    }
    ObjectNode request =
        Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", "tools/call");
    ObjectNode params = request.putObject("params").put("name", "echo");
    params.putObject("arguments").put("message", "hi");
    params
        .putObject("_meta")
        .put("io.modelcontextprotocol/protocolVersion", "2026-07-28")
        .putObject("io.modelcontextprotocol/clientCapabilities");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    StdioTransport.of(server.build())
        .run(
            new ByteArrayInputStream((Json.text(request) + "\n").getBytes(StandardCharsets.UTF_8)),
            out);
    System.out.println(out.toString(StandardCharsets.UTF_8).strip());
    System.out.println((System.nanoTime() - start) / 1_000);
  }
}
