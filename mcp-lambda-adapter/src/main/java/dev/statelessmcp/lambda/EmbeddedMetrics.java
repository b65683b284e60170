package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import java.util.Objects;

/**
 * Metrics of each operation, in CloudWatch's embedded metric format: lines in the log of the
 * function, of which CloudWatch makes metrics, without a call to any service.
 *
 * <pre>{@code
 * McpServer.named("echo", "1.0.0").observer(EmbeddedMetrics.inNamespace("Echo"))
 * }</pre>
 *
 * <p>{@code Calls}, {@code Errors} (tool errors among them) and {@code Duration} in milliseconds,
 * by {@code Method}, and for tools by {@code Method} and {@code Tool}. A tool that does not exist
 * is counted by its method alone, so that nobody can make up dimensions. Safe from any number of
 * threads.
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
   * Metrics in a namespace of CloudWatch.
   *
   * @param namespace such as the name of the server; 1 to 255 characters, and not one of AWS
   * @return the interceptor
   * @throws IllegalArgumentException if CloudWatch would take no metrics in that namespace
   */
  public static EmbeddedMetrics inNamespace(String namespace) {
    Objects.requireNonNull(namespace, "namespace");
    if (namespace.isBlank() || namespace.length() > 255 || namespace.startsWith("AWS/")) {
      throw new IllegalArgumentException(
          "\"" + namespace + "\" is no namespace for metrics: it has 1 to 255 characters, and does"
              + " not begin with AWS/");
    }
    return new EmbeddedMetrics(namespace);
  }

  @Override
  public Observation begin(Operation operation) {
    return operation.isRefused() || operation.isNotification()
        ? null
        : (result, failure) -> end(operation, result, failure);
  }

  private void end(Operation operation, ObjectNode result, Throwable failure) {
    String name = operation.name().orElse(null);
    if (failure == null) {
      write(operation, name, result.path("isError").asBoolean(false));
    } else {
      // The client's errors come before a tool has been found, or from the tool itself
      write(operation, failure instanceof McpException ? null : name, true);
    }
  }

  private void write(Operation operation, String name, boolean failed) {
    Invocation invocation = operation.attributes().get(Invocation.class).orElse(null);
    if (invocation == null) { // not on Lambda, where nobody makes metrics of it
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
