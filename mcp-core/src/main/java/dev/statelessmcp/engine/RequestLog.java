package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.intercept.RequestLine;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line for each request, notification and refusal to the logger
 * {@code dev.statelessmcp.requests}. A transport with its own observer, such as Lambda, logs its
 * requests itself.
 */
final class RequestLog implements Observer, Consumer<RequestLine> {
  private final Logger logger = System.getLogger("dev.statelessmcp.requests");

  @Override
  public @Nullable BiConsumer<@Nullable ObjectNode, @Nullable Throwable> begin(
      Operation operation) {
    return operation.attributes().get(Observer.class).isPresent()
        ? null
        : new RequestLine(operation, this);
  }

  @Override
  public void accept(RequestLine line) {
    Level level = level(line);
    if (logger.isLoggable(level)) {
      logger.log(level, text(line));
    }
  }

  private static Level level(RequestLine line) {
    if (line.operation().isNotification() && line.failure().isEmpty()) {
      return Level.DEBUG;
    }
    return switch (line.outcome()) {
      case "ok", "cancelled" -> Level.INFO;
      case "tool_error" -> Level.WARNING;
      default -> isOurs(line) ? Level.ERROR : Level.WARNING;
    };
  }

  private static boolean isOurs(RequestLine line) {
    return line.httpStatus() == 500
        || (line.errorCode() == ErrorCode.INTERNAL_ERROR && !line.operation().isRefused());
  }

  private static String text(RequestLine line) {
    StringBuilder text = new StringBuilder(160);
    add(text, "method", line.method());
    add(text, line.targetKind(), line.target());
    add(text, "outcome", line.outcome());
    addNumber(text, "status", line.httpStatus());
    addNumber(text, "errorCode", line.errorCode());
    add(text, "reason", line.reason());
    add(text, "durationMs", Long.toString(line.operation().elapsed().toMillis()));
    add(text, "requestId", line.requestId());
    add(text, "transport", line.operation().transport());
    add(text, "era", line.operation().era() == Era.MODERN ? "modern" : "legacy");
    add(text, "revision", line.version());
    add(text, "client", line.client());
    return text.toString();
  }

  private static void addNumber(StringBuilder text, String name, int value) {
    if (value != 0) {
      add(text, name, Integer.toString(value));
    }
  }

  /** Adds a value, with quotation marks if it could be read as several values. */
  private static void add(StringBuilder text, String name, String value) {
    if (value.isEmpty()) {
      return;
    }
    if (!text.isEmpty()) {
      text.append(' ');
    }
    text.append(name).append('=');
    if (value.indexOf(' ') < 0 && value.indexOf('=') < 0 && value.indexOf('"') < 0) {
      text.append(value);
    } else { // backslashes have already been escaped
      text.append('"').append(value.replace("\"", "\\\"")).append('"');
    }
  }
}
