package dev.statelessmcp.lambda.runtime;

import dev.statelessmcp.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * An error for the Runtime API. It has no stack trace, because it reaches the invoker of the
 * function. The trace is in the log.
 *
 * @param category of the error, in the form {@code Category.Reason}
 * @param type usually the class of an exception
 * @param message for a human reader
 */
record ErrorReport(String category, String type, String message) {
  static final String TYPE_HEADER = "Lambda-Runtime-Function-Error-Type";

  private static final int MAX_CAUSES = 10;
  // The service accepts 256 KB, and as a trailer the report becomes a third longer
  private static final int MAX_MESSAGE_CHARS = 16 << 10;

  /** An exception that a handler has thrown. */
  static ErrorReport of(Throwable failure) {
    String message = message(failure);
    return new ErrorReport(
        "Runtime.UserException", failure.getClass().getName(), message == null ? "" : message);
  }

  /** An exception with the messages of its causes, for the operator of the function. */
  static ErrorReport withCauses(String category, Throwable failure) {
    StringBuilder message = new StringBuilder(describe(failure));
    Throwable cause = failure.getCause();
    for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
      message.append("; caused by: ").append(cause.getClass().getName());
      String text = message(cause);
      if (text != null) {
        message.append(": ").append(text);
      }
      cause = cause.getCause();
    }
    return new ErrorReport(category, failure.getClass().getName(), message.toString());
  }

  private static String describe(Throwable failure) {
    String message = message(failure);
    return message == null ? failure.getClass().getName() : message;
  }

  /** Null if it has none, or one that cannot be made. */
  private static @Nullable String message(Throwable failure) {
    try {
      return failure.getMessage();
    } catch (RuntimeException e) { // of a user's exception
      return null;
    }
  }

  byte[] json() {
    String text = message.length() <= MAX_MESSAGE_CHARS
        ? message
        : message.substring(0, MAX_MESSAGE_CHARS) + "...";
    return Json.write(Json.object().put("errorMessage", text).put("errorType", type));
  }
}
