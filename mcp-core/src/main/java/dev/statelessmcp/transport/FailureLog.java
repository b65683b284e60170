package dev.statelessmcp.transport;

import dev.statelessmcp.call.Attributes;

/**
 * Logs internal errors, of which the client gets only a reference. By default they go to the logger
 * {@code dev.statelessmcp}; a transport with its own log puts an implementation into its
 * {@link Attributes}. Not the request log, which is {@code McpServer.Builder.requestLog}.
 * Implementations must be thread-safe and must not throw. Not part of the API: for the transports
 * of this project.
 */
@FunctionalInterface
public interface FailureLog {

  /**
   * Logs a failure.
   *
   * @param message what failed, with the reference that the client got; not null
   * @param failure the exception; not null
   */
  void log(String message, Throwable failure);

  /**
   * Logs a failure to the transport's log, or else to the logger {@code dev.statelessmcp}.
   *
   * @param attributes the attributes of the request; not null
   * @param message what failed; not null
   * @param failure the exception; not null
   */
  static void log(Attributes attributes, String message, Throwable failure) {
    FailureLog own = attributes.get(FailureLog.class).orElse(null);
    if (own != null) {
      own.log(message, failure);
    } else {
      SystemLog.failure(message, failure);
    }
  }
}
