package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.Operation;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Runs an observer. An exception in it is logged and does not change the result. */
record ObservingInterceptor(Observer observer) implements Interceptor {

  @Override
  public ObjectNode around(Operation operation, Callable<ObjectNode> next) throws Exception {
    BiConsumer<@Nullable ObjectNode, @Nullable Throwable> observation = begin(operation);
    ObjectNode result = null;
    Throwable failure = null;
    try {
      result = next.call();
      return result;
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      end(observation, operation, result, failure);
    }
  }

  void between(Operation operation, boolean toClient, String method, ObjectNode content) {
    try {
      observer.between(operation, toClient, method, content);
    } catch (Throwable e) {
      InternalErrors.report(operation.attributes(), "an observer", null, e);
    }
  }

  private @Nullable BiConsumer<@Nullable ObjectNode, @Nullable Throwable> begin(
      Operation operation) {
    try {
      return observer.begin(operation);
    } catch (Throwable e) {
      InternalErrors.report(operation.attributes(), "an observer", null, e);
      return null;
    }
  }

  private static void end(
      @Nullable BiConsumer<@Nullable ObjectNode, @Nullable Throwable> observation,
      Operation operation,
      @Nullable ObjectNode result,
      @Nullable Throwable failure) {
    if (observation == null) {
      return;
    }
    try {
      observation.accept(result, failure);
    } catch (Throwable e) {
      InternalErrors.report(operation.attributes(), "an observer", null, e);
    }
  }
}
