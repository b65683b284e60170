package dev.statelessmcp.lambda.task;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.task.TaskExecutor;
import dev.statelessmcp.task.Tasks;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Runs each task in a separate invocation: the function invokes itself asynchronously. It needs
 * {@code lambda:InvokeFunction} on itself. Lambda retries a failed invocation, which is safe.
 * Thread-safe.
 *
 * <p>A function with versions invokes its own version, so that the code that began a task continues
 * it.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/invocation-async.html">Asynchronous
 *     invocation</a>
 */
public final class LambdaTaskExecutor implements TaskExecutor {
  /** The value of {@code source} in the event. */
  static final String SOURCE = "dev.statelessmcp.tasks";

  private final Map<String, String> environment;
  private final AwsService.Lazy service;

  private LambdaTaskExecutor(Map<String, String> environment) {
    this.environment = environment;
    service = new AwsService.Lazy("lambda", environment);
  }

  /**
   * Creates an executor of the current function. Sends no request.
   *
   * @return a new executor
   */
  public static LambdaTaskExecutor self() {
    return of(System.getenv());
  }

  static LambdaTaskExecutor of(Map<String, String> environment) {
    return new LambdaTaskExecutor(environment);
  }

  /** The event that starts a task. */
  static ObjectNode event(String taskId) {
    return Json.object().put("source", SOURCE).put("taskId", taskId);
  }

  @Override
  public void start(String taskId, Tasks tasks) throws IOException {
    String name = environment.get("AWS_LAMBDA_FUNCTION_NAME");
    if (name == null) {
      throw new IllegalStateException("AWS_LAMBDA_FUNCTION_NAME must be set, as on Lambda");
    }
    String version = environment.getOrDefault("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    AwsService.Reply reply = service
        .get()
        .post(
            "/2015-03-31/functions/" + URLEncoder.encode(name, StandardCharsets.UTF_8)
                + "/invocations",
            version.equals("$LATEST") ? "" : "Qualifier=" + version,
            Map.of("x-amz-invocation-type", "Event"),
            Json.write(event(taskId)));
    if (reply.status() != 202) {
      throw new IOException(
          "Lambda did not accept the invocation of " + name + ", " + reply.describe());
    }
  }

  @Override
  public boolean isRemote() {
    return true;
  }
}
