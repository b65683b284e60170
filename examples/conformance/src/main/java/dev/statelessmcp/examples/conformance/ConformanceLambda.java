package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;

/**
 * The server as a Lambda function, for tests with one instance. A function with several instances
 * needs the same {@code stateKeys} in all of them.
 */
public final class ConformanceLambda extends McpLambdaHandler {

  /** Called by Lambda. */
  public ConformanceLambda() {
    super(ConformanceServer.create(), LambdaSettings.fromEnvironment().allowProcessStateKeys());
  }
}
