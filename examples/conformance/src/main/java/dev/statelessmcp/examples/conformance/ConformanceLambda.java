package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.task.DynamoDbTaskStore;
import dev.statelessmcp.lambda.task.LambdaTaskExecutor;
import dev.statelessmcp.lambda.task.McpTaskLambdaHandler;
import dev.statelessmcp.task.Tasks;
import java.util.List;

/**
 * The server as a Lambda function, for tests with one instance. A function with several instances
 * needs the same {@code stateKeys} in all of them. The environment may have the {@link Settings}.
 * Tasks are in the DynamoDB table of MCP_TASKS_TABLE, otherwise in memory.
 */
public final class ConformanceLambda extends McpTaskLambdaHandler {

  /** Called by Lambda. */
  public ConformanceLambda() {
    this(Settings.of(System.getenv()), tasks());
  }

  private ConformanceLambda(Settings settings, Tasks tasks) {
    super(
        ConformanceServer.create(settings, tasks),
        tasks,
        withTokens(settings.tokens(), LambdaSettings.fromEnvironment().allowProcessStateKeys()));
  }

  private static Tasks tasks() {
    return System.getenv("MCP_TASKS_TABLE") == null
        ? Tasks.inMemory()
        : Tasks.of(DynamoDbTaskStore.fromEnvironment(), LambdaTaskExecutor.self());
  }

  /** Without tokens the caller is the one that the gateway has authenticated. */
  private static LambdaSettings withTokens(List<String> tokens, LambdaSettings settings) {
    return tokens.isEmpty() ? settings : settings.authenticator(TokenAuthenticator.of(tokens));
  }
}
