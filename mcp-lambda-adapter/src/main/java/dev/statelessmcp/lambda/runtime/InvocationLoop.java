package dev.statelessmcp.lambda.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Serves one event after the other, on one thread with one connection. */
final class InvocationLoop {
  /** The X-Ray SDK for Java reads this property. */
  static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";

  private final RuntimeApi api;
  private final StreamHandler handler;
  private final FunctionEnvironment function;
  private final LogSink sink;

  InvocationLoop(
      RuntimeApi api, StreamHandler handler, FunctionEnvironment function, LogSink sink) {
    this.api = api;
    this.handler = handler;
    this.function = function;
    this.sink = sink;
  }

  /** Returns when no further event can be served; the reason is in the log. */
  void run() {
    try {
      boolean usable = true;
      while (usable) {
        usable = serve(api.next());
      }
    } catch (IOException e) {
      new RuntimeLogger(sink).error("The runtime ends: " + e.getMessage());
    } finally {
      api.close();
    }
  }

  /** Returns whether the JVM can serve another event. */
  private boolean serve(ReceivedEvent invocation) throws IOException {
    RuntimeLogger log = new RuntimeLogger(sink, invocation);
    InvocationResponse response = new InvocationResponse(api, invocation.requestId());
    if (!function.isConcurrent()) {
      trace(invocation.traceId()); // one property cannot hold several
    }
    Throwable failure = null;
    try {
      Context context = new InvocationContext(function, invocation, log);
      handler.handle(invocation.event(), response, context);
    } catch (Throwable t) {
      failure = t;
      log.error("The handler has failed: ", t);
    }
    Thread.interrupted(); // clears an interrupt that a handler has left set
    response.end(failure, log);
    if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
      log.error("The runtime ends after " + failure.getClass().getName());
      return false;
    }
    return true;
  }

  private static void trace(@Nullable String traceId) {
    if (traceId == null) {
      System.clearProperty(TRACE_PROPERTY);
    } else {
      System.setProperty(TRACE_PROPERTY, traceId);
    }
  }
}
