package dev.statelessmcp.examples.dashboard;

import dev.statelessmcp.jetty.McpHttpServer;

/** Serves the dashboard on this machine. The only argument is the port, by default 8000. */
public final class DashboardMain {

  private DashboardMain() {}

  /**
   * Starts the server, and waits until the process is ended.
   *
   * @param args the port; 0 for a free one
   * @throws Exception if the server cannot start
   */
  public static void main(String[] args) throws Exception {
    int port = args.length == 0 ? 8000 : Integer.parseInt(args[0]);
    try (McpHttpServer http =
        McpHttpServer.builder(DashboardServer.create()).port(port).start()) {
      System.err.println("dashboard: listening on " + http.uri());
      Thread.currentThread().join();
    }
  }
}
