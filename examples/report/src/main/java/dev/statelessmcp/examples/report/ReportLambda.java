package dev.statelessmcp.examples.report;

import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.task.DynamoDbTaskStore;
import dev.statelessmcp.lambda.task.LambdaTaskExecutor;
import dev.statelessmcp.lambda.task.McpTaskLambdaHandler;
import dev.statelessmcp.lambda.task.SqsTaskExecutor;
import dev.statelessmcp.task.TaskExecutor;
import dev.statelessmcp.task.Tasks;
import java.time.Duration;

/**
 * The server as a Lambda function: tasks in the table that MCP_TASKS_TABLE names, run by
 * invocations that the function makes of itself, or, if REPORT_EXECUTOR is {@code queue}, by the
 * queue of TASK_QUEUE_URL.
 */
public final class ReportLambda extends McpTaskLambdaHandler {

  /** Called by Lambda. */
  public ReportLambda() {
    this(Tasks.of(DynamoDbTaskStore.fromEnvironment(), executor()).lease(lease()));
  }

  private ReportLambda(Tasks tasks) {
    super(
        tasks.build(ReportServer.builder()),
        tasks,
        // Clients that know tasks never get a requestState, which these keys would seal
        LambdaSettings.fromEnvironment().allowProcessStateKeys());
  }

  private static TaskExecutor executor() {
    return "queue".equals(System.getenv("REPORT_EXECUTOR"))
        ? SqsTaskExecutor.of(System.getenv("TASK_QUEUE_URL"))
        : LambdaTaskExecutor.self();
  }

  private static Duration lease() {
    return Duration.ofMillis(
        Long.parseLong(System.getenv().getOrDefault("REPORT_LEASE_MILLIS", "30000")));
  }
}
