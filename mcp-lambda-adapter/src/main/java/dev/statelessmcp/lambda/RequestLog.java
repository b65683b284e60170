package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.intercept.RequestLine;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.lambda.event.EventSource;
import dev.statelessmcp.protocol.McpException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The request log of a function, as JSON lines: one for each operation of an invocation, or one for
 * an invocation without an operation. Never logs arguments, results, URIs or credentials.
 */
final class RequestLog implements Observer, Consumer<RequestLine> {
  /** The reason may quote a header. */
  private static final int MAX_REASON = 256;

  private final InvocationLog log;
  private final EventSource source;
  private final long startNanos = System.nanoTime();
  private boolean enabled = true;

  // Guarded by this
  private @Nullable RequestLine current;
  private boolean written;
  private @Nullable RequestLine late; // the operation that was running at the deadline
  private boolean isLate;

  RequestLog(InvocationLog log, EventSource source) {
    this.log = log;
    this.source = source;
  }

  /** Called before the invocation is served. */
  void enable(boolean on) {
    enabled = on;
  }

  /** {@inheritDoc} A refused message or a notification has no line; the invocation has one. */
  @Override
  public @Nullable BiConsumer<@Nullable ObjectNode, @Nullable Throwable> begin(
      Operation operation) {
    if (operation.isRefused() || operation.isNotification()) {
      return null;
    }
    RequestLine line = new RequestLine(operation, this);
    synchronized (this) {
      current = line;
    }
    return line;
  }

  @Override
  public void accept(RequestLine line) {
    Throwable failure = line.failure().orElse(null);
    if (failure == null) {
      boolean failed = line.outcome().equals("tool_error");
      write(line, failed ? LogLevel.WARN : LogLevel.INFO, line.outcome(), 0, null);
    } else if (failure instanceof McpException) {
      write(line, LogLevel.WARN, "error", line.errorCode(), null);
    } else {
      write(line, LogLevel.ERROR, "error", 0, null);
    }
  }

  /**
   * Logs a timeout. Later actions of the handler are not logged.
   *
   * @param reason the limit
   */
  synchronized void timeout(String reason) {
    late = current;
    if (late != null) {
      write(late, LogLevel.ERROR, "timeout", 0, reason);
    }
    isLate = true;
  }

  /** Adds the operation that was running at the deadline to a line. */
  synchronized void nameLate(ObjectNode line) {
    if (late != null) {
      addTarget(late, line);
    }
  }

  /**
   * Ends the invocation.
   *
   * @param refusal the error that refused it before any operation; null if there is none
   */
  synchronized void end(int status, @Nullable JsonRpcError refusal) {
    if (!written && enabled) {
      LogLevel level =
          status < 400 ? LogLevel.DEBUG : status < 500 ? LogLevel.WARN : LogLevel.ERROR;
      ObjectNode line =
          log.line(level, "No operation: expected a JSON-RPC request, over HTTP in a POST");
      line.put("source", source.name());
      line.put("status", status);
      if (refusal != null) {
        line.put("errorCode", refusal.code());
        if (isLoggable(status)) {
          line.put("reason", Json.printable(refusal.message(), MAX_REASON));
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
      RequestLine line, LogLevel level, String status, int code, @Nullable String reason) {
    if (isLate) {
      return;
    }
    written = true;
    current = null; // the next operation of a batch may time out
    if (!enabled) {
      return;
    }
    String name = name(line);
    ObjectNode json = log.line(level, name.isEmpty() ? line.method() : line.method() + " " + name);
    json.put("source", source.name());
    addTarget(line, json);
    json.put("protocolVersion", line.version());
    json.put("status", status);
    if (code != 0) {
      json.put("errorCode", code);
    }
    if (reason != null) {
      json.put("reason", reason);
    }
    json.put("durationMs", line.operation().elapsed().toMillis());
    log.write(level, json);
  }

  private static void addTarget(RequestLine line, ObjectNode json) {
    json.put("method", line.method());
    String name = name(line);
    if (!name.isEmpty()) {
      json.put(line.targetKind(), name);
    }
  }

  /**
   * The tool or prompt, or the name of an extension's method; empty for a resource, whose URI is
   * private.
   */
  private static String name(RequestLine line) {
    return line.targetKind().equals("uri") ? "" : line.target();
  }
}
