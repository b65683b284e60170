package dev.statelessmcp.transport;

import dev.statelessmcp.call.Attributes;

/**
 * Where failures of our own go, which a peer is not told of. The server's request log is another
 * one: {@code McpServer.Builder.requestLog}. A transport that has a better place than the logger
 * {@code dev.statelessmcp} puts one of these into its {@link Attributes}. Implementations are safe
 * from any number of threads and throw nothing. Not part of the API: for the transports of this
 * project.
 */
@FunctionalInterface
public interface FailureLog {

  /**
   * Writes down a failure.
   *
   * @param message what failed, with the reference that the peer was given; not null
   * @param failure why; not null
   */
  void log(String message, Throwable failure);

  /**
   * Writes a failure to the transport's own log, or else to the logger {@code dev.statelessmcp}.
   *
   * @param attributes what the transport supplies; not null
   * @param message what failed; not null
   * @param failure why; not null
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
