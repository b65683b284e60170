package dev.statelessmcp.stdio;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.test.TestTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Serves each connection of a test client over two pipes of the operating system. */
final class PipedServer {

  private PipedServer() {}

  static TestTransport of(McpServer server) {
    return of(StdioTransport.of(server));
  }

  static TestTransport of(StdioTransport stdio) {
    return incoming -> {
      Pipe toServer = Pipe.open();
      Pipe fromServer = Pipe.open();
      Thread thread = new Thread(() -> run(stdio, toServer, fromServer), "transport");
      thread.setDaemon(true);
      thread.start();
      return TestTransport.lines(
              Channels.newInputStream(fromServer.source()),
              Channels.newOutputStream(toServer.sink()))
          .open(incoming);
    };
  }

  private static void run(StdioTransport stdio, Pipe toServer, Pipe fromServer) {
    try (OutputStream replies = new Uninterruptible(Channels.newOutputStream(fromServer.sink()))) {
      stdio.run(Channels.newInputStream(toServer.source()), replies);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /**
   * Writes on a separate thread: a channel is closed when the thread that writes to it is
   * interrupted, as that of a cancelled call is, and the standard output of a process is not.
   */
  private static final class Uninterruptible extends OutputStream {
    private final OutputStream out;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(work -> {
      Thread thread = new Thread(work, "pipe-writer");
      thread.setDaemon(true);
      return thread;
    });

    Uninterruptible(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      Future<?> written = writer.submit(() -> {
        out.write(bytes, from, count);
        return null;
      });
      boolean interrupted = false;
      while (true) {
        try {
          written.get();
          break;
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw new IOException(e.getCause());
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void close() throws IOException {
      writer.shutdown();
      out.close();
    }
  }
}
