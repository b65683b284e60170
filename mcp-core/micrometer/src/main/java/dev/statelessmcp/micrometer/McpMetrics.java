package dev.statelessmcp.micrometer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.http.HttpVersion;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Records the duration of each message, including refused ones, in the timer
 * {@code mcp.server.operation.duration}. Its tags have the names of OpenTelemetry's semantic
 * conventions: {@code mcp.method.name}, {@code mcp.protocol.version}, {@code network.transport},
 * {@code network.protocol.name}, {@code network.protocol.version}, {@code gen_ai.tool.name},
 * {@code gen_ai.prompt.name}, {@code rpc.response.status_code} and {@code error.type}; a tag that
 * does not apply is empty, because all timers with one name must have the same tags. A client error
 * has a code and no {@code error.type}. Thread-safe.
 *
 * <pre>{@code
 * McpServer server = McpServer.named("weather", "1")
 *     .observer(McpMetrics.of(registry))
 *     .tool(...)
 *     .build();
 * }</pre>
 *
 * @see <a
 *     href="https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/mcp.md">Semantic
 *     conventions for Model Context Protocol</a>
 */
public final class McpMetrics implements Observer {
  private static final String DURATION = "mcp.server.operation.duration";

  /** Replaces unknown names from clients, which could otherwise create any number of series. */
  private static final String OTHER = "_OTHER";

  private final MeterRegistry registry;

  private McpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Creates the observer.
   *
   * @param registry the registry of the timers; not null
   * @return the observer
   */
  public static McpMetrics of(MeterRegistry registry) {
    return new McpMetrics(Objects.requireNonNull(registry, "registry"));
  }

  @Override
  public BiConsumer<@Nullable ObjectNode, @Nullable Throwable> begin(Operation operation) {
    return (result, failure) -> Timer.builder(DURATION)
        .description("Duration of MCP requests and notifications, as the server sees it")
        .tags(tags(operation, result, failure))
        .register(registry)
        .record(operation.elapsed());
  }

  private static Tags tags(Operation operation, ObjectNode result, Throwable failure) {
    // An unknown name would create another series
    boolean known = !operation.isRefused() && !(failure instanceof McpException);
    String name = known ? operation.name().orElse("") : "";
    String method = operation.method();
    boolean otherMethod = method.isEmpty()
        || (failure instanceof McpException unknown
            && unknown.error().code() == ErrorCode.METHOD_NOT_FOUND);
    boolean pipe = operation.transport().equals("stdio");
    return Tags.of(
        "mcp.method.name",
        otherMethod ? OTHER : method,
        "mcp.protocol.version",
        operation.requestMeta().map(meta -> meta.version().toString()).orElse(""),
        "network.transport",
        pipe ? "pipe" : "tcp",
        "network.protocol.name",
        pipe ? "" : "http",
        "network.protocol.version",
        operation.attributes().get(HttpVersion.class).map(HttpVersion::toString).orElse(""),
        "gen_ai.tool.name",
        method.equals("tools/call") ? name : "",
        "gen_ai.prompt.name",
        method.equals("prompts/get") ? name : "",
        "rpc.response.status_code",
        code(operation, failure),
        "error.type",
        operation.errorType(result, failure).orElse(""));
  }

  /** The code of the error that the client gets. */
  private static String code(Operation operation, @Nullable Throwable failure) {
    if (failure instanceof McpException answered) {
      return Integer.toString(answered.error().code());
    }
    return failure == null || operation.isCancelled()
        ? ""
        : Integer.toString(ErrorCode.INTERNAL_ERROR);
  }
}
