package dev.statelessmcp.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Operation;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;

/**
 * An interceptor that only wraps the work that is passed to another thread.
 *
 * @param carrier wraps the work, or fails
 */
public record Carrying(UnaryOperator<Runnable> carrier) implements Interceptor {

  @Override
  public ObjectNode around(Operation operation, Callable<ObjectNode> next) throws Exception {
    return next.call();
  }

  @Override
  public Runnable carry(Runnable work) {
    return carrier.apply(work);
  }
}
