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
 * process, whose parent is the client. A pipe can carry requests of both eras.
 *
 * <p>Requests run concurrently. A short call is served by the thread that has read it; a longer one
 * gets a separate thread, and delays other messages by at most a few milliseconds. If
 * {@link #maxConcurrentCalls} calls run, or the client does not read its answers, further calls
 * wait. The server then still reads cancellations and answers of the client, until about a thousand
 * calls or a megabyte of them wait. No call is refused because there are too many. Answers are
 * buffered while more input is available.
 *
 * <p>When the input ends, the transport waits for calls in flight for the time of {@link #grace};
 * when the process ends, for example by {@code SIGTERM}, for the time of {@link #stopTimeout}. Then
 * it interrupts their handlers, and logs a warning that names them.
 *
 * <p>Immutable and thread-safe; one object can serve several pairs of streams. The methods that set
 * something return a new transport.
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
   * Creates a transport with the defaults: lines of at most 4 MiB, 2 seconds of grace, a stop
   * timeout of 5 seconds, 30 minutes for each question, and 256 concurrent calls. It stops in order
   * when the process ends.
   *
   * @param server the server; not null
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
   * Sets the maximum length of a line and the other limits of a message.
   *
   * @param limits the limits; not null
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
   * Sets how long to wait for calls in flight after the input has ended.
   *
   * @param grace the time; not negative
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
   * Sets how long to wait for calls in flight when the process ends.
   *
   * @param timeout the time; not negative. A parent that ends the process must wait as long before
   *     it kills it
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
   * Sets whether a shutdown hook refuses further calls and waits for those in flight before the
   * process ends.
   *
   * @param stop true by default; false if the process should end without waiting, or interrupts
   *     {@link #run} itself
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
   * Sets the time limit for a question to a client of the legacy era. After it the question is
   * cancelled, and the call ends with an error.
   *
   * @param timeout the time; more than 0
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
   * Sets the maximum number of concurrent calls; further ones wait. Calls that wait for an answer
   * of the client are counted separately, with the same maximum.
   *
   * @param calls the number; at least 1
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
   * Serves the standard streams of the process until the client closes them. From then on
   * {@code System.out} writes to standard error, and {@code System.in} is at its end, so that a
   * {@code println} in a tool cannot corrupt a message.
   */
  public void run() {
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    run(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out));
  }

  /**
   * Serves two streams until the input ends or the output fails. Blocks.
   *
   * @param in the input; not null, not closed by this method
   * @param out the output; not null, not closed by this method
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
      return null; // the process is already ending
    }
  }

  private static void removeHook(@Nullable Thread hook) {
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The hook is running, and has waited for this
      }
    }
  }
}
