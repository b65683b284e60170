package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.intercept.Interceptor;
import java.util.List;
import java.util.concurrent.Callable;

/** The interceptors from a position on, and then the operation. */
record InterceptorChain(ServedMessage message, List<Interceptor> interceptors, int position)
    implements Callable<ObjectNode> {

  @Override
  public ObjectNode call() throws Exception {
    return position == interceptors.size()
        ? message.proceed()
        : interceptors
            .get(position)
            .around(message, new InterceptorChain(message, interceptors, position + 1));
  }
}
