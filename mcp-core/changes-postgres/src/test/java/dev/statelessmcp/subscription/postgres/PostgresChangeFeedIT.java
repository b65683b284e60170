package dev.statelessmcp.subscription.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestSubscription;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL, which {@code .ci/stores} starts: MCP_TEST_POSTGRES is its JDBC URL. */
class PostgresChangeFeedIT {
  private static final String CHANNEL = "mcp_changes_test";

  private final PGSimpleDataSource database = new PGSimpleDataSource();
  private PostgresChangeFeed here;
  private PostgresChangeFeed there;

  @BeforeEach
  void startTwoInstances() throws SQLException {
    database.setUrl(Objects.requireNonNull(
        System.getenv("MCP_TEST_POSTGRES"), "MCP_TEST_POSTGRES must be set; run .ci/stores"));
    here = PostgresChangeFeed.start(database, CHANNEL);
    there = PostgresChangeFeed.start(database, CHANNEL);
  }

  @AfterEach
  void stop() {
    here.close();
    there.close();
  }

  private static McpServer server(PostgresChangeFeed feed) {
    return McpServer.named("notes", "1.0.0")
        .tool(TestTools.tool("change", (none, call) -> ToolResult.text("changed")))
        .resource(Resource.text("notes:///today", "today", "text/plain", "nothing"))
        .changes(feed)
        .build();
  }

  @Test
  void clientOfOneInstanceLearnsWhatAnotherPublishes() {
    ChangeEvent today = ChangeEvent.resourceUpdated("notes:///today");
    try (McpTestClient client = McpTestClient.of(server(here));
        TestSubscription listening = client.listen(ChangeEvent.toolsChanged(), today)) {
      there.publish(ChangeEvent.toolsChanged());
      listening.receives(ChangeEvent.toolsChanged());
      there.publish(today);
      listening.receives(today);
      here.publish(ChangeEvent.toolsChanged());
      listening.receives(ChangeEvent.toolsChanged());
    }
  }

  @Test
  void lostConnectionIsOpenedAgainAndListsMayHaveChanged() throws Exception {
    BlockingQueue<ChangeEvent> received = new LinkedBlockingQueue<>();
    here.subscribe(received::add);
    try (Connection own = database.getConnection();
        Statement statement = own.createStatement();
        ResultSet ended = statement.executeQuery("SELECT count(pg_terminate_backend(pid))"
            + " FROM pg_stat_activity WHERE query = 'LISTEN " + CHANNEL + "'")) {
      assertTrue(ended.next());
      assertTrue(ended.getInt(1) >= 2, "both instances listened");
    }
    assertEquals(ChangeEvent.toolsChanged(), received.poll(Waiting.SECONDS, TimeUnit.SECONDS));
    assertEquals(ChangeEvent.promptsChanged(), received.poll(Waiting.SECONDS, TimeUnit.SECONDS));
    assertEquals(ChangeEvent.resourcesChanged(), received.poll(Waiting.SECONDS, TimeUnit.SECONDS));
    ChangeEvent event = ChangeEvent.resourceUpdated("notes:///after");
    there.publish(event);
    assertEquals(event, received.poll(Waiting.SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void notificationsOfOthersAreLoggedAndTheNextEventArrives() throws Exception {
    BlockingQueue<ChangeEvent> received = new LinkedBlockingQueue<>();
    here.subscribe(received::add);
    try (Connection own = database.getConnection();
        Statement statement = own.createStatement()) {
      statement.execute("NOTIFY " + CHANNEL + ", 'hello'");
      statement.execute("NOTIFY " + CHANNEL);
    }
    there.publish(ChangeEvent.promptsChanged());
    assertEquals(ChangeEvent.promptsChanged(), received.poll(Waiting.SECONDS, TimeUnit.SECONDS));
  }

  @Test
  void eventThatIsTooLargeIsRefused() {
    ChangeEvent event = ChangeEvent.resourceUpdated("notes:///" + "\u00e9".repeat(4000));
    assertThrows(IllegalArgumentException.class, () -> there.publish(event));
  }

  @Test
  void closedFeedHoldsNoConnection() throws Exception {
    here.close();
    here.close();
    there.close();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(Waiting.SECONDS);
    int listening = 1;
    while (listening > 0) {
      assertTrue(System.nanoTime() < end, listening + " connections listen still");
      try (Connection own = database.getConnection();
          Statement statement = own.createStatement();
          ResultSet count = statement.executeQuery(
              "SELECT count(*) FROM pg_stat_activity WHERE query = 'LISTEN " + CHANNEL + "'")) {
        assertTrue(count.next());
        listening = count.getInt(1);
      }
    }
  }
}
