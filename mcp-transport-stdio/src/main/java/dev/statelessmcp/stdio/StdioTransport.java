package dev.statelessmcp.stdio;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.JsonLimits;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Objects;

/**
 * Serves MCP over two byte streams, one JSON message a line: usually the standard streams of the
 * process, of which the client is the parent. Both eras may be spoken on one pipe.
 *
 * <p>Requests run in parallel, each on a thread of its own. When the input ends, answers in flight
 * get a grace time; then their handlers are interrupted.
 *
 * <p>Immutable; one object can serve several pairs of streams.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/stdio">stdio</a>
 */
public final class StdioTransport {
  private final McpServer server;
  private final JsonLimits limits;
  private final Duration grace;
  private final int maxConcurrentCalls;

  private StdioTransport(
      McpServer server, JsonLimits limits, Duration grace, int maxConcurrentCalls) {
    this.server = server;
    this.limits = limits;
    this.grace = grace;
    this.maxConcurrentCalls = maxConcurrentCalls;
  }

  /**
   * A transport with lines of at most 4 MiB, 2 seconds of grace and 256 calls at once.
   *
   * @param server what it serves; not null
   * @return the transport
   */
  public static StdioTransport of(McpServer server) {
    Objects.requireNonNull(server, "server");
    return new StdioTransport(server, JsonLimits.DEFAULT, Duration.ofSeconds(2), 256);
  }

  /**
   * The transport with other limits.
   *
   * @param newLimits how long a line may be, and what else to refuse; not null
   * @return a new transport
   */
  public StdioTransport limits(JsonLimits newLimits) {
    Objects.requireNonNull(newLimits, "limits");
    return new StdioTransport(server, newLimits, grace, maxConcurrentCalls);
  }

  /**
   * The transport with another grace time.
   *
   * @param newGrace how long answers in flight are waited for when the input has ended; not
   *     negative
   * @return a new transport
   */
  public StdioTransport grace(Duration newGrace) {
    if (newGrace.isNegative()) {
      throw new IllegalArgumentException("the grace time must not be negative");
    }
    return new StdioTransport(server, limits, newGrace, maxConcurrentCalls);
  }

  /**
   * The transport with another bound on the calls that run at once. Those beyond are refused with
   * an error.
   *
   * @param calls at least 1
   * @return a new transport
   */
  public StdioTransport maxConcurrentCalls(int calls) {
    if (calls < 1) {
      throw new IllegalArgumentException("maxConcurrentCalls must be at least 1");
    }
    return new StdioTransport(server, limits, grace, calls);
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
    Connection connection = new Connection(server.port(), limits, maxConcurrentCalls, out);
    // On a thread of its own, since a read cannot be ended from outside when the output has failed
    Thread reader = new Thread(() -> read(in, connection), "mcp-stdio-reader");
    reader.setDaemon(true);
    reader.start();
    connection.awaitEnd();
    connection.finish(grace);
  }

  private void read(InputStream in, Connection connection) {
    LineReader lines = new LineReader(in, limits.maxBytes());
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        if (line.length == 0) {
          connection.refuse("the message is longer than " + limits.maxBytes() + " bytes");
        } else {
          connection.receiveLine(line);
        }
      }
    } catch (IOException e) {
      // The pipe broke, which ends the connection as an orderly end does
    } finally {
      connection.end();
    }
  }
}
