package dev.statelessmcp.subscription.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.subscription.Registration;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * A feed that reaches the clients of all instances of a server, with {@code LISTEN} and
 * {@code NOTIFY} of PostgreSQL.
 *
 * <pre>{@code
 * PostgresChangeFeed feed = PostgresChangeFeed.start(dataSource, "mcp_changes");
 * McpServer server = McpServer.named("notes", "1.0.0").changes(feed).build();
 * }</pre>
 *
 * <p>It holds one connection of the data source while it is open, and uses another for each
 * published event; it needs no table. A lost connection is opened again, first after one second,
 * later every 30 seconds. Because events may have been missed, listeners are then notified that all
 * lists have changed; changes of resources in that time are lost.
 *
 * <p>Thread-safe.
 */
public final class PostgresChangeFeed implements ChangeFeed, AutoCloseable {
  private static final Logger LOG = System.getLogger("dev.statelessmcp");

  /** "In the default configuration it must be shorter than 8000 bytes." */
  private static final int MAX_PAYLOAD_BYTES = 7999;

  /** The interval in which a silent connection is checked. */
  private static final int SILENCE_MILLIS = 10_000;

  private static final int VALID_SECONDS = 5;
  private static final long FIRST_WAIT_MILLIS = 1000;
  private static final long LAST_WAIT_MILLIS = 30_000;

  private final DataSource database;
  private final String channel;
  private final ChangeFeed local = ChangeFeed.inProcess();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;
  private volatile Connection connection;

  private PostgresChangeFeed(DataSource database, String channel) throws SQLException {
    this.database = database;
    this.channel = channel;
    connection = listen();
    thread = new Thread(this::run, "mcp-changes");
    thread.setDaemon(true);
  }

  /**
   * Creates a feed and listens to a channel.
   *
   * @param database the source of connections, which must be of PostgreSQL's driver or unwrap to
   *     it; not null
   * @param channel the name, which is the same for all instances: a letter or an underscore, then
   *     letters, digits and underscores, in lower case, at most 63 characters; not null
   * @return the feed
   * @throws IllegalArgumentException if the channel has another form
   * @throws SQLException if there is no connection, or it is not of PostgreSQL
   */
  public static PostgresChangeFeed start(DataSource database, String channel) throws SQLException {
    if (!channel.matches("[a-z_][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("the channel must be at most 63 lower case letters, digits"
          + " and underscores, and not begin with a digit, was \"" + channel + "\"");
    }
    PostgresChangeFeed feed = new PostgresChangeFeed(database, channel);
    feed.thread.start();
    return feed;
  }

  private Connection listen() throws SQLException {
    Connection opened = database.getConnection();
    try {
      opened.setAutoCommit(true); // in a transaction nothing would arrive before its end
      opened.unwrap(PGConnection.class);
      try (Statement statement = opened.createStatement()) {
        statement.execute("LISTEN " + channel);
      }
      return opened;
    } catch (Throwable e) {
      end(opened);
      throw e;
    }
  }

  /** Not closed but aborted: a pool must not hand a connection on that listens. */
  private static void end(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException | RuntimeException | LinkageError e) { // of a pool around the driver
      LOG.log(Level.DEBUG, "a connection could not be aborted", e);
    }
  }

  private void run() {
    long wait = FIRST_WAIT_MILLIS;
    boolean lost = false;
    while (closed.getCount() > 0) {
      try {
        if (lost) {
          connection = listen();
          lost = false;
          wait = FIRST_WAIT_MILLIS;
          LOG.log(Level.INFO, "Listening for changes again");
          local.publish(ChangeEvent.toolsChanged());
          local.publish(ChangeEvent.promptsChanged());
          local.publish(ChangeEvent.resourcesChanged());
        }
        receive(connection);
      } catch (Throwable e) { // this thread must continue: it receives all changes
        if (closed.getCount() == 0) {
          break;
        }
        LOG.log(Level.WARNING, "Changes do not arrive; trying again in " + wait + " ms", e);
        if (!lost) {
          end(connection);
          lost = true;
        }
        if (isClosedWithin(wait)) {
          return;
        }
        wait = Math.min(2 * wait, LAST_WAIT_MILLIS);
      }
    }
    end(connection); // opened while the feed was closed
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return true; // no other code uses this thread
    }
  }

  private void receive(Connection from) throws SQLException {
    PGNotification[] notifications =
        from.unwrap(PGConnection.class).getNotifications(SILENCE_MILLIS);
    if (notifications == null || notifications.length == 0) {
      if (!from.isValid(VALID_SECONDS)) {
        throw new SQLTransientConnectionException("the connection does not answer");
      }
      return;
    }
    for (PGNotification notification : notifications) {
      ChangeEvent event = event(notification.getParameter()).orElse(null);
      if (event != null) {
        local.publish(event);
      } else {
        LOG.log(
            Level.WARNING,
            "Ignored a notification on the channel " + channel + " that is not a change: "
                + Json.printable(notification.getParameter(), 128));
      }
    }
  }

  /**
   * Publishes a change to all instances, including this one.
   *
   * @param event the change; not null
   * @throws IllegalArgumentException if the URI of a resource has more than about 7,900 bytes
   * @throws IllegalStateException if the database does not accept it
   */
  @Override
  public void publish(ChangeEvent event) {
    String payload = payload(event);
    int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
    if (bytes > MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException("the URI is too long: the notification has " + bytes
          + " bytes, the limit of PostgreSQL is " + MAX_PAYLOAD_BYTES);
    }
    try (Connection own = database.getConnection();
        PreparedStatement notify = own.prepareStatement("SELECT pg_notify(?, ?)")) {
      notify.setString(1, channel);
      notify.setString(2, payload);
      notify.execute();
      if (!own.getAutoCommit()) {
        own.commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException("the change could not be published", e);
    }
  }

  @Override
  public Registration subscribe(Consumer<ChangeEvent> listener) {
    return local.subscribe(listener);
  }

  /** Stops listening. Closing again has no effect. */
  @Override
  public void close() {
    closed.countDown();
    end(connection);
  }

  static String payload(ChangeEvent event) {
    ObjectNode json = Json.object();
    event.list().ifPresent(list -> json.put("list", list));
    event.uri().ifPresent(uri -> json.put("uri", uri));
    return Json.text(json);
  }

  /** Reads a payload; empty if it is not a change. */
  static Optional<ChangeEvent> event(@Nullable String payload) {
    JsonNode json;
    try {
      json = Json.parse(String.valueOf(payload));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    if (json.path("uri").isTextual()) {
      return Optional.of(ChangeEvent.resourceUpdated(json.get("uri").textValue()));
    }
    return switch (json.path("list").asText()) {
      case "tools" -> Optional.of(ChangeEvent.toolsChanged());
      case "prompts" -> Optional.of(ChangeEvent.promptsChanged());
      case "resources" -> Optional.of(ChangeEvent.resourcesChanged());
      default -> Optional.empty();
    };
  }
}
