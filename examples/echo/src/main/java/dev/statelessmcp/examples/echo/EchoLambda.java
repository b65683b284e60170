package dev.statelessmcp.examples.echo;

import dev.statelessmcp.lambda.McpLambdaHandler;

/** The server as a Lambda function. The environment variable MCP_PATH sets its path. */
public final class EchoLambda extends McpLambdaHandler {

  /** Called by Lambda. */
  public EchoLambda() {
    super(EchoServer.create());
  }
}
