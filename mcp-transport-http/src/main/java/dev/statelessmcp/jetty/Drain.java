package dev.statelessmcp.jetty;

import dev.statelessmcp.http.io.Sweep;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;

/**
 * Discards the content that a client is still sending after it was refused, and then ends the
 * request: a client that is sending when the connection closes never reads the answer. No thread
 * waits.
 */
final class Drain extends Callback.Nested implements Runnable, Sweep.Timed {
  private static final long MAX_BYTES = 16 << 20;
  private static final long MAX_SILENCE = TimeUnit.MILLISECONDS.toNanos(500);

  private final Request request;
  private final Sweep sweep;
  private final AtomicBoolean ended = new AtomicBoolean();
  private long drained;
  private volatile long last;

  Drain(Request request, Sweep sweep, Callback callback) {
    super(callback);
    this.request = request;
    this.sweep = sweep;
  }

  /** The answer has been sent. */
  @Override
  public void succeeded() {
    last = System.nanoTime();
    sweep.add(this);
    run();
  }

  @Override
  public void run() {
    while (!ended.get()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this);
        return;
      }
      last = System.nanoTime();
      drained += chunk.remaining();
      chunk.release();
      if (chunk.isLast() || drained >= MAX_BYTES) {
        end();
      }
    }
  }

  @Override
  public void check(long now) {
    if (now - last > MAX_SILENCE) {
      end();
    }
  }

  private void end() {
    if (ended.compareAndSet(false, true)) {
      sweep.remove(this);
      super.succeeded();
    }
  }
}
