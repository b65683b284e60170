package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.lambda.event.EventSource;
import dev.statelessmcp.protocol.McpException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Logs one line for each operation of an invocation, or one line for an invocation without any.
 * Never logs arguments, results, URIs or credentials, which are private to the callers.
 */
final class RequestLog implements Observer {
  /** Bounds what a client can write into the log. */
  private static final int MAX_NAME = 128;

  /** The reason may quote a header. */
  private static final int MAX_REASON = 256;

  private final InvocationLog log;
  private final EventSource source;
  private final long startNanos = System.nanoTime();

  // Guarded by this
  private @Nullable Operation current;
  private boolean written;
  private boolean late;

  RequestLog(InvocationLog log, EventSource source) {
    this.log = log;
    this.source = source;
  }

  /** A refused message or a notification is not an operation: the invocation has a line. */
  @Override
  public @Nullable BiConsumer<@Nullable ObjectNode, @Nullable Throwable> begin(
      Operation operation) {
    if (operation.isRefused() || operation.isNotification()) {
      return null;
    }
    synchronized (this) {
      current = operation;
    }
    return new Line(this, operation);
  }

  /** The line of one operation. */
  private record Line(RequestLog log, Operation operation)
      implements BiConsumer<@Nullable ObjectNode, @Nullable Throwable> {

    @Override
    public void accept(@Nullable ObjectNode result, @Nullable Throwable failure) {
      if (failure == null && result != null) {
        log.succeeded(operation, result);
      } else {
        log.failed(operation, failure);
      }
    }
  }

  private void succeeded(Operation operation, ObjectNode result) {
    boolean failed = result.path("isError").asBoolean(false);
    // Only the result of initialize has the negotiated version
    String version = operation.method().equals("initialize")
        ? result.path("protocolVersion").asText()
        : version(operation);
    LogLevel level = failed ? LogLevel.WARN : LogLevel.INFO;
    write(operation, level, version, failed ? "tool_error" : "ok", null);
  }

  private void failed(Operation operation, @Nullable Throwable error) {
    if (error instanceof McpException known) {
      write(operation, LogLevel.WARN, version(operation), "error", known.error().code());
    } else {
      write(operation, LogLevel.ERROR, version(operation), "error", null);
    }
  }

  /** Logs a timeout. What the handler still does is not logged. */
  synchronized void timeout() {
    if (current != null) {
      write(current, LogLevel.ERROR, version(current), "timeout", null);
    }
    late = true;
  }

  /**
   * Ends the invocation.
   *
   * @param refusal the error that refused it before any operation; null if there is none
   */
  synchronized void end(int status, @Nullable JsonRpcError refusal) {
    if (!written) {
      LogLevel level =
          status < 400 ? LogLevel.DEBUG : status < 500 ? LogLevel.WARN : LogLevel.ERROR;
      ObjectNode line = log.line(level, "no operation");
      line.put("source", source.name());
      line.put("status", status);
      if (refusal != null) {
        line.put("errorCode", refusal.code());
        if (isLoggable(status)) {
          line.put("reason", shortened(refusal.message(), MAX_REASON));
        }
      }
      line.put("durationMs", (System.nanoTime() - startNanos) / 1_000_000);
      log.write(level, line);
    }
  }

  /** The reasons for 400 and 404 may quote private input. */
  private static boolean isLoggable(int status) {
    return status != 400 && status != 404;
  }

  private synchronized void write(
      Operation operation, LogLevel level, String version, String status, @Nullable Integer code) {
    if (late) {
      return;
    }
    written = true;
    current = null; // the next operation of a batch may time out
    String target = operation.name().orElse(null);
    String name = target == null || operation.method().startsWith("resources/")
        ? null
        : shortened(target, MAX_NAME);
    ObjectNode line =
        log.line(level, name == null ? operation.method() : operation.method() + " " + name);
    line.put("source", source.name());
    line.put("method", operation.method());
    if (name != null) {
      line.put(operation.method().startsWith("tools/") ? "tool" : "prompt", name);
    }
    line.put("protocolVersion", version);
    line.put("status", status);
    if (code != null) {
      line.put("errorCode", code);
    }
    line.put("durationMs", operation.elapsed().toMillis());
    log.write(level, line);
  }

  private static String version(Operation operation) {
    return operation.requestMeta().orElseThrow().version().toString();
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + "…";
  }
}
