package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Looks at every operation that is served, on every transport, on the thread that serves it.
 * Implementations are safe from any number of threads.
 */
public interface Interceptor {

  /**
   * Before an operation. An exception refuses it, {@code McpException} with a message for the
   * client.
   *
   * @param operation the operation
   * @throws Exception if it is not to be served
   */
  default void before(Operation operation) throws Exception {}

  /**
   * After an operation that gave a result.
   *
   * @param operation the operation
   * @param result the result, not to be changed; a tool may say {@code isError} in it
   */
  default void after(Operation operation, ObjectNode result) {}

  /**
   * After an operation that failed.
   *
   * @param operation the operation
   * @param error why; {@code McpException} if the client is told
   */
  default void failed(Operation operation, Throwable error) {}
}
