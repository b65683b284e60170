package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Logs metrics of each operation in CloudWatch's embedded metric format. CloudWatch extracts them
 * from the function's log, so no service is called.
 *
 * <pre>{@code
 * McpServer.named("echo", "1.0.0").interceptor(EmbeddedMetrics.inNamespace("Echo"))
 * }</pre>
 *
 * <p>The metrics are {@code Calls}, {@code Errors} (with tool errors) and {@code Duration} in
 * milliseconds. Their dimensions are {@code Method}, and for tools also {@code Method} with
 * {@code Tool}. A tool that does not exist is counted by its method only, so that clients cannot
 * create dimensions. Outside of Lambda nothing is written. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
public final class EmbeddedMetrics implements Observer {
  private final String namespace;

  private EmbeddedMetrics(String namespace) {
    this.namespace = namespace;
  }

  /**
   * Creates an observer that writes metrics in a CloudWatch namespace.
   *
   * @param namespace such as the name of the server; 1 to 255 characters, not beginning with
   *     {@code AWS/}
   * @return the observer
   * @throws IllegalArgumentException if CloudWatch does not accept the namespace
   */
  public static EmbeddedMetrics inNamespace(String namespace) {
    Objects.requireNonNull(namespace, "namespace");
    if (namespace.isBlank() || namespace.length() > 255 || namespace.startsWith("AWS/")) {
      throw new IllegalArgumentException(
          "namespace must have 1 to 255 characters and must not begin with AWS/, was \"" + namespace
              + "\"");
    }
    return new EmbeddedMetrics(namespace);
  }

  @Override
  public @Nullable BiConsumer<@Nullable ObjectNode, @Nullable Throwable> begin(
      Operation operation) {
    return operation.isRefused() || operation.isNotification()
        ? null
        : (result, failure) -> end(operation, result, failure);
  }

  private void end(Operation operation, @Nullable ObjectNode result, @Nullable Throwable failure) {
    String name = operation.name().orElse(null);
    if (failure == null && result != null) {
      write(operation, name, result.path("isError").asBoolean(false));
    } else {
      // A client's error may come before the tool was found
      write(operation, failure instanceof McpException ? null : name, true);
    }
  }

  private void write(Operation operation, @Nullable String name, boolean failed) {
    Invocation invocation = operation.attributes().get(Invocation.class).orElse(null);
    if (invocation == null) { // not on Lambda
      return;
    }
    String tool = operation.method().equals("tools/call") ? name : null;
    ObjectNode line = Json.object();
    ObjectNode aws = line.putObject("_aws").put("Timestamp", System.currentTimeMillis());
    ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", namespace);
    ArrayNode dimensions = directive.putArray("Dimensions");
    dimensions.addArray().add("Method");
    if (tool != null) {
      dimensions.addArray().add("Method").add("Tool");
    }
    ArrayNode metrics = directive.putArray("Metrics");
    metrics.addObject().put("Name", "Calls").put("Unit", "Count");
    metrics.addObject().put("Name", "Errors").put("Unit", "Count");
    metrics.addObject().put("Name", "Duration").put("Unit", "Milliseconds");
    line.put("Method", operation.method());
    if (tool != null) {
      line.put("Tool", tool);
    }
    line.put("Calls", 1).put("Errors", failed ? 1 : 0);
    line.put("Duration", operation.elapsed().toNanos() / 1e6);
    invocation.log().metrics(line);
  }
}
