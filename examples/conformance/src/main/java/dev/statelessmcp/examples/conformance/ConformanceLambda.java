package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;
import java.util.List;

/**
 * The server as a Lambda function, for tests with one instance. A function with several instances
 * needs the same {@code stateKeys} in all of them. The environment may have the {@link Settings}.
 */
public final class ConformanceLambda extends McpLambdaHandler {

  /** Called by Lambda. */
  public ConformanceLambda() {
    this(Settings.of(System.getenv()));
  }

  private ConformanceLambda(Settings settings) {
    super(
        ConformanceServer.create(settings),
        withTokens(settings.tokens(), LambdaSettings.fromEnvironment().allowProcessStateKeys()));
  }

  /** Without tokens the caller is the one that the gateway has found. */
  private static LambdaSettings withTokens(List<String> tokens, LambdaSettings settings) {
    return tokens.isEmpty() ? settings : settings.authenticator(TokenAuthenticator.of(tokens));
  }
}
