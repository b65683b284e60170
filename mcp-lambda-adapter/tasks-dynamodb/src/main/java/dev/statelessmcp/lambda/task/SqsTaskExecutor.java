package dev.statelessmcp.lambda.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.task.TaskExecutor;
import dev.statelessmcp.task.Tasks;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * Runs tasks in the function that an SQS queue triggers: this function or another one with the same
 * code. It needs {@code sqs:SendMessage} on the queue. The event source mapping should have a batch
 * size of 1 and {@code ReportBatchItemFailures}; its maximum concurrency limits how many tasks run
 * at once. The visibility timeout must be longer than the function's timeout. Thread-safe.
 */
public final class SqsTaskExecutor implements TaskExecutor {
  private final String queueUrl;
  private final AwsService.Lazy service;

  private SqsTaskExecutor(String queueUrl, Map<String, String> environment) {
    this.queueUrl = Objects.requireNonNull(queueUrl, "queueUrl");
    service = new AwsService.Lazy("sqs", environment);
  }

  /**
   * Creates an executor that sends to a queue. Sends no request yet.
   *
   * @param queueUrl the URL of the queue; not null
   * @return a new executor
   */
  public static SqsTaskExecutor of(String queueUrl) {
    return of(queueUrl, System.getenv());
  }

  static SqsTaskExecutor of(String queueUrl, Map<String, String> environment) {
    return new SqsTaskExecutor(queueUrl, environment);
  }

  @Override
  public void start(String taskId, Tasks tasks) throws IOException {
    ObjectNode message = Json.object().put("QueueUrl", queueUrl);
    message.put("MessageBody", Json.text(LambdaTaskExecutor.event(taskId)));
    AwsService.Reply reply = service
        .get()
        .post(
            "/",
            "",
            Map.of(
                "content-type", "application/x-amz-json-1.0",
                "x-amz-target", "AmazonSQS.SendMessage"),
            Json.write(message));
    if (reply.status() != 200) {
      throw new IOException("SQS did not accept a message, " + reply.describe());
    }
  }

  @Override
  public boolean isRemote() {
    return true;
  }
}
