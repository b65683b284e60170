package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Watches every operation without taking part: metrics, logs, traces. An exception in an observer
 * is logged and does not change the result. Implementations are safe from any number of threads.
 */
@FunctionalInterface
public interface Observer {

  /**
   * Called before an operation, on the thread that serves it.
   *
   * @param operation the operation
   * @return called at the end of this operation; null if the end does not matter
   */
  Observation begin(Operation operation);

  /** One operation under observation. It carries what the observer must remember until the end. */
  @FunctionalInterface
  interface Observation {

    /**
     * Called after the operation, on the same thread.
     *
     * @param result the result; null if the operation failed; must not be changed
     * @param failure why it failed, an {@code McpException} if the client is told the reason; null
     *     if it did not
     */
    void end(ObjectNode result, Throwable failure);
  }
}
