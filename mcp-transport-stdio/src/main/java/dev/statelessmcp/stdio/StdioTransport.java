package dev.statelessmcp.stdio;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.transport.LegacyConnection;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Serves MCP over two byte streams, one JSON message per line: usually the standard streams of the
 * process, whose parent is the client. One pipe can carry both eras.
 *
 * <p>Requests run in parallel. A short call is served by the thread that has read it; a longer one
 * gets its own thread, and never delays other messages by more than a few milliseconds. When as
 * many calls run as {@link #maxConcurrentCalls} allows, or the client does not read its answers,
 * the server reads on for cancellations and answers of the client until about a thousand calls or a
 * megabyte of them wait; then it stops reading. No call is refused because there are too many.
 * Answers are gathered while more input is waiting.
 *
 * <p>When the input ends, calls in flight get a grace time; when the process is told to end (by
 * {@code SIGTERM}, for example), they get {@link #stopTimeout}. Then their handlers are
 * interrupted, and a warning names the calls that were cut off.
 *
 * <p>Immutable; one object can serve several pairs of streams.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/stdio">stdio</a>
 */
public final class StdioTransport {
  private final StdioSettings settings;

  private StdioTransport(StdioSettings settings) {
    this.settings = settings;
  }

  private static StdioTransport with(
      StdioSettings old,
      JsonLimits limits,
      Duration grace,
      Duration stopTimeout,
      boolean stopOnShutdown,
      Duration questionTimeout,
      int maxConcurrentCalls) {
    return new StdioTransport(new StdioSettings(
        old.server(),
        limits,
        grace,
        stopTimeout,
        stopOnShutdown,
        questionTimeout,
        maxConcurrentCalls));
  }

  /**
   * A transport with lines of at most 4 MiB, 2 seconds of grace, 5 seconds to stop, 30 minutes for
   * each question, and 256 calls at once. It stops when the process does.
   *
   * @param server what it serves; not null
   * @return the transport
   */
  public static StdioTransport of(McpServer server) {
    Objects.requireNonNull(server, "server");
    return new StdioTransport(new StdioSettings(
        server,
        JsonLimits.DEFAULT,
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        true,
        LegacyConnection.QUESTION_TIMEOUT,
        256));
  }

  /**
   * The transport with other limits.
   *
   * @param limits how long a line may be, and what else to refuse; not null
   * @return a new transport
   */
  public StdioTransport limits(JsonLimits limits) {
    Objects.requireNonNull(limits, "limits");
    StdioSettings s = settings;
    return with(
        s,
        limits,
        s.grace(),
        s.stopTimeout(),
        s.stopOnShutdown(),
        s.questionTimeout(),
        s.maxConcurrentCalls());
  }

  /**
   * The transport with another grace time.
   *
   * @param grace how long calls in flight are waited for when the input has ended; not negative
   * @return a new transport
   */
  public StdioTransport grace(Duration grace) {
    requireNotNegative(grace, "grace");
    StdioSettings s = settings;
    return with(
        s,
        s.limits(),
        grace,
        s.stopTimeout(),
        s.stopOnShutdown(),
        s.questionTimeout(),
        s.maxConcurrentCalls());
  }

  /**
   * The transport with another time to stop in.
   *
   * @param timeout how long calls in flight are waited for when the process is told to end; not
   *     negative. A parent that ends the process must wait as long, or kills it before
   * @return a new transport
   */
  public StdioTransport stopTimeout(Duration timeout) {
    requireNotNegative(timeout, "stopTimeout");
    StdioSettings s = settings;
    return with(
        s,
        s.limits(),
        s.grace(),
        timeout,
        s.stopOnShutdown(),
        s.questionTimeout(),
        s.maxConcurrentCalls());
  }

  /**
   * The transport with or without a shutdown hook, which takes no more calls and waits for those in
   * flight before the process ends.
   *
   * @param stop false if the process ends without waiting, or interrupts {@link #run} itself
   * @return a new transport
   */
  public StdioTransport stopOnShutdown(boolean stop) {
    StdioSettings s = settings;
    return with(
        s,
        s.limits(),
        s.grace(),
        s.stopTimeout(),
        stop,
        s.questionTimeout(),
        s.maxConcurrentCalls());
  }

  /**
   * The transport with another time limit for what a handler asks a client of the legacy era. After
   * it the client is told that the question is cancelled, and the call ends with an error.
   *
   * @param timeout how long an answer is waited for; more than 0
   * @return a new transport
   */
  public StdioTransport questionTimeout(Duration timeout) {
    requireNotNegative(timeout, "questionTimeout");
    if (timeout.isZero()) {
      throw new IllegalArgumentException("questionTimeout must be more than 0, was " + timeout);
    }
    StdioSettings s = settings;
    return with(
        s,
        s.limits(),
        s.grace(),
        s.stopTimeout(),
        s.stopOnShutdown(),
        timeout,
        s.maxConcurrentCalls());
  }

  /**
   * The transport with another bound on the calls that run at once; those beyond wait. A call that
   * waits for an answer of its client is not counted, but as many such calls are allowed, too.
   *
   * @param calls at least 1
   * @return a new transport
   */
  public StdioTransport maxConcurrentCalls(int calls) {
    if (calls < 1) {
      throw new IllegalArgumentException("maxConcurrentCalls must be at least 1, was " + calls);
    }
    StdioSettings s = settings;
    return with(
        s, s.limits(), s.grace(), s.stopTimeout(), s.stopOnShutdown(), s.questionTimeout(), calls);
  }

  private static void requireNotNegative(Duration duration, String setting) {
    Objects.requireNonNull(duration, setting);
    if (duration.isNegative()) {
      throw new IllegalArgumentException(setting + " must not be negative, was " + duration);
    }
  }

  /**
   * Serves the standard streams of the process until the client closes them. They belong to the
   * protocol from here on: {@code System.out} writes to standard error instead, and
   * {@code System.in} is at its end, so that a stray {@code println} in a tool cannot corrupt a
   * message.
   */
  public void run() {
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    run(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
  }

  /**
   * Serves two streams until the input ends or the output fails. Blocks.
   *
   * @param in where messages come from; not null, not closed here
   * @param out where messages go; not null, not closed here
   */
  public void run(InputStream in, OutputStream out) {
    Connection connection = new Connection(settings, out);
    connection.start(in);
    Thread hook = settings.stopOnShutdown() ? addHook(connection) : null;
    try {
      connection.serve();
    } finally {
      removeHook(hook);
    }
  }

  private static @Nullable Thread addHook(Connection connection) {
    Thread hook = new Thread("mcp-stdio-stop") {
      @Override
      public void run() {
        connection.stop();
      }
    };
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return hook;
    } catch (IllegalStateException e) {
      return null; // the process ends already
    }
  }

  private static void removeHook(@Nullable Thread hook) {
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // It is running, and has waited for this
      }
    }
  }
}
