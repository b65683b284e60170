package dev.statelessmcp.intercept;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

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
   * @return called after the operation, on the same thread, with its result, which must not be
   *     changed, and with what it failed with: an {@code McpException} if the client is told the
   *     reason. One of the two is null. Null if the end does not matter.
   */
  @Nullable
  BiConsumer<@Nullable ObjectNode, @Nullable Throwable> begin(Operation operation);
}
