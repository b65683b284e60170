package dev.statelessmcp.stdio;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The reading threads of a connection; one thread reads at a time. A call begins on the thread that
 * has read it, because most calls take less time than handing them to another thread: with a thread
 * for each call, small calls are served at a quarter of the speed. The thread that runs the
 * transport checks the reading thread once a millisecond: if it is still in the same call, another
 * thread takes over reading. So a call that blocks, or a client that does not read its answers,
 * delays the next messages by at most two milliseconds. Calls of a kind that was slow the last time
 * ({@link Connection#took}) immediately get a separate thread, so that the delays do not add up.
 *
 * <p>Between calls the checking thread checks less often, because its checks make each answer on a
 * quiet pipe take about ten microseconds longer; after a second without calls it sleeps. The first
 * call that blocks after such a pause delays the next messages by ten milliseconds more.
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
   * The number of the call that the reading thread is in; 0 while it reads and must not be
   * replaced.
   */
  private final AtomicLong work = new AtomicLong();

  // Used by the reading thread; published to the next one through work
  private long count;
  private long served;
  private @Nullable String kind; // of its current call, or null

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
    // Not on the caller's thread: a blocking read cannot be interrupted if the output has failed
    Thread thread = new Thread(this, "mcp-stdio-reader");
    thread.setDaemon(true);
    reader = thread;
    thread.start();
  }

  /** Reads until the end of the input, or until another thread takes over. */
  @Override
  public void run() {
    boolean reads = true;
    try {
      out.send(); // answers that were buffered by a thread that is in a call now
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
      // A broken pipe ends the connection like the end of the input
    } finally {
      if (reads) {
        out.send();
        connection.end();
      }
    }
  }

  /**
   * Serves a call that has a place, on the reading thread; returns whether this is still the
   * reading thread.
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

  /** The approximate number of calls that the reading threads have begun. */
  long served() {
    return served;
  }

  /** Waits until a call can begin; sends the buffered answers first. */
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

  /**
   * Called before a thread waits in a call: if it is the reading thread, another one takes over.
   */
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

  /** Checks the reading thread until {@link #end} is called or this thread is interrupted. */
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

  /** Called when no more messages are received. */
  void end() {
    ended = true;
    LockSupport.unpark(watcher);
  }
}
