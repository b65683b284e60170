package dev.statelessmcp.examples.notes;

import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.jetty.McpHttpServer;
import java.util.Map;

/** Serves the notes at {@code http://127.0.0.1:8000/mcp}, or at the port that is the argument. */
public final class NotesMain {
  private NotesMain() {}

  /**
   * Runs the server until it is stopped.
   *
   * @param arguments the port, if it is not 8000
   * @throws Exception if it cannot start
   */
  public static void main(String[] arguments) throws Exception {
    int port = arguments.length == 0 ? 8000 : Integer.parseInt(arguments[0]);
    try (McpHttpServer http = http(System.getenv(), port).start()) {
      System.err.println("listening on " + http.uri());
      http.join();
    }
  }

  /** With MCP_OAUTH_* users sign in, and each has separate notes. */
  static McpHttpServer.Builder http(Map<String, String> environment, int port) {
    McpHttpServer.Builder builder = McpHttpServer.builder(NotesServer.create()).port(port);
    Authenticator.fromEnvironment(environment).ifPresent(builder::authenticator);
    return builder;
  }
}
