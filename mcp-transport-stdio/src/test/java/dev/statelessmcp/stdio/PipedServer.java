package dev.statelessmcp.stdio;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.test.TestTransport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;

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
    try (OutputStream replies = Channels.newOutputStream(fromServer.sink())) {
      stdio.run(Channels.newInputStream(toServer.source()), replies);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
