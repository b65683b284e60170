package dev.statelessmcp.test;

import dev.statelessmcp.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One message on each line: to a process, or over two streams. */
final class PipeTransport implements TestTransport {
  private static final long END_SECONDS = 10;
  private static final int MAX_LOG = 20_000;

  private final Opening opening;

  private PipeTransport(Opening opening) {
    this.opening = opening;
  }

  /** Starts a process for each connection. */
  static PipeTransport of(ProcessBuilder command) {
    return new PipeTransport(incoming -> {
      Process process = command.start();
      return new Pipe(process.getInputStream(), process.getOutputStream(), process, incoming);
    });
  }

  /** Creates a transport over two streams, for one connection. */
  static PipeTransport of(InputStream fromServer, OutputStream toServer) {
    return new PipeTransport(incoming -> new Pipe(fromServer, toServer, null, incoming));
  }

  private interface Opening {
    Connection open(Incoming incoming) throws IOException;
  }

  @Override
  public Connection open(Incoming incoming) throws IOException {
    return opening.open(incoming);
  }

  private static final class Pipe implements Connection {
    private final OutputStream out;
    private final Thread output;
    private final @Nullable Thread errors; // null without a process
    private final @Nullable Process process; // null if there is none
    private volatile boolean closed;

    @SuppressWarnings("JdkObsolete") // two threads use it
    private final StringBuffer log = new StringBuffer();

    Pipe(InputStream in, OutputStream out, @Nullable Process process, Incoming incoming) {
      this.out = out;
      this.process = process;
      errors = process == null
          ? null
          : start("mcp-test log", () -> read(process.getErrorStream(), this::log));
      output = start("mcp-test output", () -> receive(in, incoming));
    }

    private static Thread start(String name, Runnable work) {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      thread.start();
      return thread;
    }

    /** Waits for a limited time until a thread has read all output. */
    private static void await(Thread reading) {
      try {
        reading.join(END_SECONDS * 1000);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private static void read(InputStream in, Consumer<String> lines) {
      try (BufferedReader text =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
        for (String line = text.readLine(); line != null; line = text.readLine()) {
          lines.accept(line);
        }
      } catch (IOException e) {
        // The server has ended
      }
    }

    private void receive(InputStream in, Incoming incoming) {
      read(in, line -> {
        try {
          incoming.received(Json.parse(line));
        } catch (IllegalArgumentException e) {
          incoming.failed("The server wrote a line that is not JSON: " + line);
        }
      });
      if (!closed) {
        if (errors != null) {
          await(errors); // standard error has the reason
        }
        incoming.failed("The server has ended its output");
      }
    }

    private void log(String line) {
      if (log.length() < MAX_LOG) {
        log.append(line).append('\n');
      }
    }

    @Override
    public void send(Outgoing message, Receiver receiver) throws IOException {
      byte[] line = (Json.text(message.message()) + "\n").getBytes(StandardCharsets.UTF_8);
      try {
        synchronized (out) {
          out.write(line);
          out.flush();
        }
      } catch (IOException e) {
        await(output); // a server that has ended is reported there
        if (output.isAlive()) {
          throw e;
        }
      }
      receiver.sent();
    }

    @Override
    public String log() {
      return log.toString().strip();
    }

    @Override
    public void close() {
      closed = true;
      try {
        out.close();
        if (process != null && !process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
        await(output); // what comes late is checked, too
      } catch (IOException e) {
        // The server has ended before
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
      }
    }
  }
}
