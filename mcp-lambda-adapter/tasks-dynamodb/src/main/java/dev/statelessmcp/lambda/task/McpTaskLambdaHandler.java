package dev.statelessmcp.lambda.task;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.task.Tasks;
import dev.statelessmcp.transport.FailureLog;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Lambda function that serves MCP and runs the tasks of its tools, invoked by itself
 * ({@link LambdaTaskExecutor}) or by a queue ({@link SqsTaskExecutor}).
 *
 * <pre>{@code
 * public final class ReportLambda extends McpTaskLambdaHandler {
 *   public ReportLambda() {
 *     this(Tasks.of(DynamoDbTaskStore.fromEnvironment(), LambdaTaskExecutor.self()));
 *   }
 *
 *   private ReportLambda(Tasks tasks) {
 *     super(tasks.build(ReportServer.builder()), tasks);
 *   }
 * }
 * }</pre>
 *
 * <p>A run that reaches the end of its invocation continues in the next one. If the store cannot be
 * reached, the invocation fails, so that Lambda or the queue retries it.
 */
public abstract class McpTaskLambdaHandler extends McpLambdaHandler {
  private final Tasks tasks;

  /**
   * Creates a function with settings from its environment variables, see {@link LambdaSettings}.
   *
   * @param server the server, built by {@code tasks}; not null
   * @param tasks its tasks; not null
   * @throws IllegalArgumentException if a variable has an invalid value
   * @throws IllegalStateException if the server asks its clients and has no state keys
   */
  protected McpTaskLambdaHandler(McpServer server, Tasks tasks) {
    super(server);
    this.tasks = Objects.requireNonNull(tasks, "tasks");
  }

  /**
   * Creates a function with settings.
   *
   * @param server the server, built by {@code tasks}; not null
   * @param tasks its tasks; not null
   * @param settings the settings; not null
   * @throws IllegalStateException if the server asks its clients and has no state keys, unless the
   *     settings allow that
   */
  protected McpTaskLambdaHandler(McpServer server, Tasks tasks, LambdaSettings settings) {
    super(server, settings);
    this.tasks = Objects.requireNonNull(tasks, "tasks");
  }

  @Override
  protected JsonNode otherEvent(JsonNode event, @Nullable Context context) throws Exception {
    String taskId = taskId(event);
    if (taskId != null) {
      run(taskId, context);
      return Json.object();
    }
    JsonNode records = event.path("Records");
    return records.path(0).path("eventSource").asText().equals("aws:sqs") && hasTask(records)
        ? runAll(records, context)
        : super.otherEvent(event, context);
  }

  /**
   * Reads from the store, so that the snapshot has the classes that the first task needs. An
   * override should call this method. A failure of the store is logged.
   *
   * @throws Exception if an override throws it
   */
  @Override
  protected void beforeSnapshot() throws Exception {
    try {
      tasks.warmUp();
    } catch (IOException e) {
      FailureLog.log(Attributes.NONE, "The task store could not be read for the snapshot", e);
    }
  }

  private static @Nullable String taskId(JsonNode event) {
    return event.path("source").asText().equals(LambdaTaskExecutor.SOURCE)
        ? event.path("taskId").textValue()
        : null;
  }

  /**
   * Runs the tasks of a queue. Messages whose task could not be run, or that are not of a task, are
   * delivered again, and end in the dead-letter queue; the others of the batch are not.
   */
  private JsonNode runAll(JsonNode records, @Nullable Context context) {
    ObjectNode answer = Json.object();
    ArrayNode failures = answer.putArray("batchItemFailures");
    for (JsonNode record : records) {
      String taskId = taskIdOf(record);
      String problem = taskId == null ? "A message is not of a task" : tryRun(taskId, context);
      if (problem != null) {
        if (context != null) {
          context.getLogger().log(problem + "; the queue will deliver it again");
        }
        failures.addObject().set("itemIdentifier", record.path("messageId"));
      }
    }
    return answer;
  }

  private static boolean hasTask(JsonNode records) {
    for (JsonNode record : records) {
      if (taskIdOf(record) != null) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String taskIdOf(JsonNode record) {
    try {
      return taskId(Json.parse(record.path("body").asText()));
    } catch (IllegalArgumentException e) { // it is not JSON
      return null;
    }
  }

  /** Returns the problem if the task could not be run. */
  private @Nullable String tryRun(String taskId, @Nullable Context context) {
    try {
      run(taskId, context);
      return null;
    } catch (IOException e) {
      return "The run of a task failed: " + e;
    }
  }

  private void run(String taskId, @Nullable Context context) throws IOException {
    Instant deadline =
        context == null ? null : Instant.now().plusMillis(context.getRemainingTimeInMillis());
    tasks.run(taskId, deadline, Attributes.NONE.with(Context.class, context));
  }
}
