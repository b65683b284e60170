package dev.statelessmcp.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Operation;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Carries the thread that received a message to the one that serves it, as a trace span is. */
public final class ThreadCarrier implements Interceptor {
  @SuppressWarnings("ThreadLocalUsage") // each test has a separate carrier
  private final ThreadLocal<Thread> carried = new ThreadLocal<>();

  private volatile @Nullable Thread receiving;
  private volatile @Nullable Thread serving;

  @Override
  public Runnable carry(Runnable work) {
    Thread receiver = Thread.currentThread();
    return () -> {
      carried.set(receiver);
      try {
        work.run();
      } finally {
        carried.remove();
      }
    };
  }

  @Override
  public ObjectNode around(Operation operation, Callable<ObjectNode> next) throws Exception {
    receiving = carried.get();
    serving = Thread.currentThread();
    return next.call();
  }

  /** The thread that received the last message; null if the transport did not say. */
  public @Nullable Thread receiving() {
    return receiving;
  }

  /** The thread that served the last message; null before the first. */
  public @Nullable Thread serving() {
    return serving;
  }
}
