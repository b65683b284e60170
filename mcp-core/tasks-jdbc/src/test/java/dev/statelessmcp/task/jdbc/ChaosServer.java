package dev.statelessmcp.task.jdbc;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.stdio.StdioTransport;
import dev.statelessmcp.task.FaultyStore;
import dev.statelessmcp.task.TaskCall;
import dev.statelessmcp.task.TaskExecutor;
import dev.statelessmcp.task.TaskPolicy;
import dev.statelessmcp.task.TaskStore;
import dev.statelessmcp.task.Tasks;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.ds.PGPoolingDataSource;

/**
 * One of the processes of the chaos test: a server over a pipe, whose tasks are in PostgreSQL.
 * Arguments: the JDBC URL and a seed.
 */
public final class ChaosServer {
  static final int STEPS = 4;

  private final DataSource database;
  private final Random random;

  record Order(int number, boolean asks, boolean large) {}

  record Name(String name) {}

  private ChaosServer(DataSource database, long seed) {
    this.database = database;
    this.random = new Random(seed);
  }

  /**
   * Serves until it is killed.
   *
   * @param arguments the JDBC URL and a seed
   * @throws Exception if the database cannot be reached
   */
  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[1]);
    DataSource database = pool(arguments[0]);
    ChaosServer chaos = new ChaosServer(database, seed);
    TaskStore store = new FaultyStore(JdbcTaskStore.of(database), seed);
    Tasks tasks = Tasks.of(store, TaskExecutor.threads())
        .lease(Duration.ofSeconds(4))
        .maxAttempts(100)
        .maxTasksPerCaller(0);
    Tool tool = Tool.of("order", "Orders", Order.class, chaos::order)
        .asks(QuestionKind.FORM)
        .apply(
            TaskPolicy.required().ttl(Duration.ofMinutes(30)).pollInterval(Duration.ofMillis(200)));
    StdioTransport.of(tasks.build(McpServer.named("chaos", "1").tool(tool))).run();
  }

  @SuppressWarnings("deprecation") // as a pool of a test it does
  private static DataSource pool(String url) {
    PGPoolingDataSource pool = new PGPoolingDataSource();
    pool.setUrl(url);
    pool.setMaxConnections(15);
    return pool;
  }

  private ToolResult order(Order order, ToolCall call) throws Exception {
    TaskCall task = TaskCall.of(call);
    String id = task.taskId().orElseThrow();
    StringBuilder text = new StringBuilder();
    for (int step = 0; step < STEPS; step++) {
      if (step == STEPS / 2 && order.asks()) {
        Name name = call.ask("name", Question.form("Whose?", Name.class));
        text.append(name.name()).append(' ');
      }
      String name = "step" + step;
      String token = task.step(name, String.class, () -> {
        String made = UUID.randomUUID().toString() + (order.large() ? "x".repeat(20_000) : "");
        note("effect", id, name, made);
        Thread.sleep(pause());
        return made;
      });
      note("seen", id, name, token);
      text.append(token, 0, 36).append(' ');
      call.progress(step + 1, STEPS, null);
      Thread.sleep(pause());
    }
    return ToolResult.text(text.toString().strip());
  }

  private int pause() {
    synchronized (random) {
      return random.nextInt(120);
    }
  }

  private void note(String kind, String task, String step, String token) throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement insert =
            connection.prepareStatement("INSERT INTO chaos VALUES (?, ?, ?, ?)")) {
      insert.setString(1, kind);
      insert.setString(2, task);
      insert.setString(3, step);
      insert.setString(4, token.substring(0, 36));
      insert.executeUpdate();
    }
  }
}
