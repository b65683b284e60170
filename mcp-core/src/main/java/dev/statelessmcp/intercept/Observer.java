package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Watches every operation without changing it: metrics, logs, traces. An exception in an observer
 * is logged and does not change the result. Implementations must be thread-safe.
 */
@FunctionalInterface
public interface Observer {

  /**
   * Called before an operation, on the thread that serves it.
   *
   * @param operation the operation
   * @return called after the operation, on the same thread, with its result, which must not be
   *     changed, and its exception: an {@code McpException} if the client is told the reason. One
   *     of the two is null. May be null
   */
  @Nullable
  BiConsumer<@Nullable ObjectNode, @Nullable Throwable> begin(Operation operation);

  /**
   * Called with each message between the beginning and the end of an operation: a message to the
   * client, such as progress, a log message, a change or a question over a connection, or the
   * client's answer to a question. By default does nothing.
   *
   * @param operation the operation
   * @param toClient true if the server sends the message, false for an answer of the client
   * @param method the method of the message; for an answer, that of the question
   * @param content the parameters, or the result of an answer; must not be changed
   */
  default void between(Operation operation, boolean toClient, String method, ObjectNode content) {}
}
