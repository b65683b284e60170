package dev.statelessmcp.examples.echo;

import dev.statelessmcp.lambda.McpLambdaHandler;

/** The server as a Lambda function; its path comes from the environment variable MCP_PATH. */
public final class EchoLambda extends McpLambdaHandler {

  /** Called by Lambda. */
  public EchoLambda() {
    super(EchoServer.create());
  }
}
