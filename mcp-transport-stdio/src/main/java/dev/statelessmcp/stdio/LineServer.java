package dev.statelessmcp.stdio;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The threads that read one connection, one at a time. A call begins on the thread that has read
 * it, since most calls take less time than handing them to another thread does: with a thread for
 * each call, a pipe full of small calls is served at a quarter of the speed. The thread that runs
 * the transport, which has nothing else to do, looks after the reading thread once a millisecond:
 * if it is still in the same call, another thread reads on. So a call that blocks, or a client that
 * does not read its answers, delays what follows by two milliseconds at most. Calls of a kind that
 * was slow the last time ({@link Connection#took}) begin on a thread of their own at once, so that
 * such delays do not add up.
 *
 * <p>Between calls the watching thread looks less often, since its looks make each answer on a
 * quiet pipe take about ten microseconds longer; after a second without calls it sleeps until the
 * next one. The first call that blocks after such a pause delays what follows by ten milliseconds
 * more.
 */
final class LineServer implements Runnable {
  private static final long LOOK_NANOS = 1_000_000;
  private static final long IDLE_LOOK_NANOS = 10_000_000;
  private static final int LOOKS_UNTIL_IDLE = 3;
  private static final int LOOKS_UNTIL_SLEEP = 100;

  private final LineReader lines;
  private final LineWriter out;
  private final Connection connection;

  /**
   * Which piece of work the reading thread is in, and 0 while it reads: then it cannot be replaced.
   */
  private final AtomicLong work = new AtomicLong();

  // Of the reading thread; handed on by way of work
  private long count;
  private long served;
  private @Nullable String kind; // of the call that it is in, or null

  private volatile @Nullable Thread reader;
  private volatile boolean watcherSleeps;
  private volatile @Nullable Thread watcher;
  private volatile boolean ended;

  LineServer(LineReader lines, LineWriter out, Connection connection) {
    this.lines = lines;
    this.out = out;
    this.connection = connection;
  }

  void start() {
    // Not on the caller's thread: a read cannot be ended from outside when the output has failed
    Thread thread = new Thread(this, "mcp-stdio-reader");
    thread.setDaemon(true);
    reader = thread;
    thread.start();
  }

  /** Reads until the end of the input, or until another thread reads on. */
  @Override
  public void run() {
    boolean reads = true;
    try {
      out.send(); // what was gathered by a thread that is in a call now
      out.gather();
      while (reads) {
        byte[] line = lines.buffered();
        if (line == null) {
          long mine = begin(null);
          out.send();
          if (!finish(mine)) {
            reads = false;
            break;
          }
          line = lines.next();
          if (line == null) {
            break;
          }
          out.gather();
        }
        reads = connection.receive(line, lines.tooLong(), this);
      }
    } catch (IOException e) {
      // The pipe broke, which ends the connection as an orderly end does
    } finally {
      if (reads) {
        out.send();
        connection.end();
      }
    }
  }

  /**
   * Serves a call that has a place on this thread, which is the reading one; says whether it still
   * is.
   */
  boolean serve(StdioCall call) {
    served++;
    long mine = begin(call.kind());
    StdioCall next = call.serve();
    boolean reads = finish(mine);
    if (next != null) {
      if (reads) {
        connection.execute(next);
      } else {
        next.run();
      }
    }
    return reads;
  }

  /** About how many calls the reading threads have begun. */
  long served() {
    return served;
  }

  /** Waits until a call can begin; the client waits for nothing meanwhile. */
  boolean await(StdioCall call, CallQueue calls) {
    out.send();
    boolean begins = calls.await(call);
    out.gather();
    return begins;
  }

  private long begin(@Nullable String newKind) {
    long mine = ++count;
    kind = newKind;
    work.set(mine);
    if (watcherSleeps) {
      watcherSleeps = false;
      LockSupport.unpark(watcher);
    }
    return mine;
  }

  private boolean finish(long mine) {
    return work.compareAndSet(mine, 0);
  }

  /** The thread is about to wait in a call: if it is the reading one, another thread reads on. */
  void willWait() {
    if (Thread.currentThread() == reader) {
      replace(work.get());
    }
  }

  private void replace(long seen) {
    String slow = kind;
    if (seen != 0 && work.compareAndSet(seen, 0)) {
      if (slow != null) {
        connection.took(slow, Long.MAX_VALUE);
      }
      start();
    }
  }

  /** Looks after the reading thread until {@link #end} is called, or this thread is interrupted. */
  void watch() {
    watcher = Thread.currentThread();
    long seen = 0;
    int idle = 0;
    while (!ended && !watcher.isInterrupted()) {
      long now = work.get();
      if (now != 0) {
        idle = 0;
        if (now == seen) {
          replace(now);
        }
        seen = now;
        LockSupport.parkNanos(this, LOOK_NANOS);
      } else if (idle < LOOKS_UNTIL_SLEEP) {
        idle++;
        LockSupport.parkNanos(this, idle <= LOOKS_UNTIL_IDLE ? LOOK_NANOS : IDLE_LOOK_NANOS);
      } else {
        idle = 0;
        watcherSleeps = true;
        if (work.get() == 0 && !ended) {
          LockSupport.park(this);
        }
        watcherSleeps = false;
      }
    }
  }

  /** Nothing more is received. */
  void end() {
    ended = true;
    LockSupport.unpark(watcher);
  }
}
