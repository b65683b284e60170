package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;

/** The function of the page on a first Lambda function. */
public final class EchoFunction extends McpLambdaHandler {

  record Say(@Description("Text to send back") String message) {}

  /** Called by Lambda. */
  public EchoFunction() {
    super(McpServer.named("echo", "1.0.0")
        .tool(Tool.of(
            "echo",
            "Sends the text back",
            Say.class,
            (say, call) -> ToolResult.text("Echo: " + say.message())))
        .build());
  }
}
