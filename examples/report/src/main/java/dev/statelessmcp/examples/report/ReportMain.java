package dev.statelessmcp.examples.report;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.stdio.StdioTransport;
import dev.statelessmcp.task.TaskExecutor;
import dev.statelessmcp.task.TaskStore;
import dev.statelessmcp.task.Tasks;
import dev.statelessmcp.task.jdbc.JdbcTaskStore;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The command line: {@code report.jar stdio}, or {@code report.jar http [PORT]}. Tasks are in
 * memory, or in the PostgreSQL database whose JDBC URL is in REPORT_DATABASE.
 */
public final class ReportMain {
  /** Jetty's log. Kept in a field, because a collected logger loses its level. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  private ReportMain() {}

  /**
   * Serves until it is stopped, or its input ends.
   *
   * @param arguments {@code stdio}, or {@code http} and a port
   * @throws IOException if the port cannot be had, or the database not be reached
   * @throws InterruptedException never
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    String mode = arguments.length == 0 ? "" : arguments[0];
    switch (mode) {
      case "stdio" -> StdioTransport.of(server()).run();
      case "http" -> {
        JETTY.setLevel(Level.WARNING);
        int port = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 8000;
        McpHttpServer http = McpHttpServer.builder(server()).port(port).start();
        System.err.println("report: listening on " + http.uri());
        http.join();
      }
      default -> {
        System.err.println("Usage: java -jar report.jar stdio | http [PORT]");
        System.exit(2);
      }
    }
  }

  private static McpServer server() throws IOException {
    Tasks tasks = Tasks.of(store(), TaskExecutor.threads())
        .lease(Duration.ofMillis(
            Long.parseLong(System.getenv().getOrDefault("REPORT_LEASE_MILLIS", "30000"))));
    return tasks.build(ReportServer.builder());
  }

  private static TaskStore store() throws IOException {
    String url = System.getenv("REPORT_DATABASE");
    if (url == null) {
      return TaskStore.inMemory();
    }
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl(url);
    return JdbcTaskStore.of(database).createTable();
  }
}
