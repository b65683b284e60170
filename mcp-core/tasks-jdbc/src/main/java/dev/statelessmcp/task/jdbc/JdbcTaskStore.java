package dev.statelessmcp.task.jdbc;

import dev.statelessmcp.task.TaskRecord;
import dev.statelessmcp.task.TaskStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Stores tasks in a table of a database, one row for each record. Thread-safe. Tested with
 * PostgreSQL; the statements are standard SQL, and each is a separate transaction.
 *
 * <pre>{@code
 * CREATE TABLE mcp_tasks (
 *   k VARCHAR(200) PRIMARY KEY, v BIGINT NOT NULL, e BIGINT NOT NULL, d BYTEA NOT NULL);
 * CREATE INDEX mcp_tasks_e ON mcp_tasks (e);
 * }</pre>
 *
 * <p>Expired rows are ignored, and deleted from time to time when tasks are created. Use a
 * connection pool; each operation uses one connection for one or two statements.
 */
public final class JdbcTaskStore implements TaskStore {
  private static final int MAX_BYTES = 4 << 20;
  private static final long SECONDS_BETWEEN_SWEEPS = 60;

  /** The class of SQL states for constraint violations. */
  private static final String CONSTRAINT = "23";

  private final DataSource database;
  private final String table;
  private final AtomicLong lastSweep = new AtomicLong(Instant.now().getEpochSecond());

  private JdbcTaskStore(DataSource database, String table) {
    this.database = Objects.requireNonNull(database, "database");
    if (!table.matches("[A-Za-z_][A-Za-z0-9_.]{0,100}")) {
      throw new IllegalArgumentException(
          "table must be a name such as mcp_tasks, was \"" + table + "\"");
    }
    this.table = table;
  }

  /**
   * Creates a store in the table {@code mcp_tasks}. Does not access the table.
   *
   * @param database the database; not null
   * @return a new store
   */
  public static JdbcTaskStore of(DataSource database) {
    return of(database, "mcp_tasks");
  }

  /**
   * Creates a store in another table. Does not access the table.
   *
   * @param database the database; not null
   * @param table its name, optionally with the schema: letters, digits, underscores and dots
   * @return a new store
   * @throws IllegalArgumentException if the name has other characters
   */
  public static JdbcTaskStore of(DataSource database, String table) {
    return new JdbcTaskStore(database, table);
  }

  /**
   * Creates the table and its index, unless they exist. Needs the permission to create tables;
   * otherwise create them with the statements above.
   *
   * @return this
   * @throws IOException if the database fails or refuses it
   */
  public JdbcTaskStore createTable() throws IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE IF NOT EXISTS " + table
              + " (k VARCHAR(200) PRIMARY KEY, v BIGINT NOT NULL, e BIGINT NOT NULL, d BYTEA NOT NULL)");
      statement.execute("CREATE INDEX IF NOT EXISTS " + table.substring(table.lastIndexOf('.') + 1)
          + "_e ON " + table + " (e)");
    } catch (SQLException e) {
      throw failed("create", e);
    }
    return this;
  }

  @Override
  public boolean create(TaskRecord record) throws IOException {
    long now = Instant.now().getEpochSecond();
    long last = lastSweep.get();
    boolean sweeps = now - last >= SECONDS_BETWEEN_SWEEPS && lastSweep.compareAndSet(last, now);
    String expired = "DELETE FROM " + table + " WHERE e <= ?" + (sweeps ? "" : " AND k = ?");
    try (Connection connection = connect()) {
      try (PreparedStatement delete = connection.prepareStatement(expired)) {
        delete.setLong(1, now);
        if (!sweeps) {
          delete.setString(2, record.key());
        }
        delete.executeUpdate();
      }
      try (PreparedStatement insert = connection.prepareStatement(
          "INSERT INTO " + table + " (v, e, d, k) VALUES (?, ?, ?, ?)")) {
        set(insert, record);
        return insert.executeUpdate() == 1;
      }
    } catch (SQLException e) {
      String state = e.getSQLState();
      if (state != null && state.startsWith(CONSTRAINT)) {
        return false;
      }
      throw failed("create", e);
    }
  }

  @Override
  public Optional<TaskRecord> read(String key) throws IOException {
    try (Connection connection = connect();
        PreparedStatement select = connection.prepareStatement(
            "SELECT v, e, d FROM " + table + " WHERE k = ? AND e > ?")) {
      select.setString(1, key);
      select.setLong(2, Instant.now().getEpochSecond());
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(new TaskRecord(
                key, row.getLong(1), Instant.ofEpochSecond(row.getLong(2)), row.getBytes(3)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed("read", e);
    }
  }

  @Override
  public boolean replace(TaskRecord record) throws IOException {
    try (Connection connection = connect();
        PreparedStatement update = connection.prepareStatement(
            "UPDATE " + table + " SET v = ?, e = ?, d = ? WHERE k = ? AND v = ? AND e > ?")) {
      set(update, record);
      update.setLong(5, record.version() - 1);
      update.setLong(6, Instant.now().getEpochSecond());
      return update.executeUpdate() == 1;
    } catch (SQLException e) {
      throw failed("replace", e);
    }
  }

  private static void set(PreparedStatement statement, TaskRecord record) throws SQLException {
    statement.setLong(1, record.version());
    statement.setLong(2, record.expiresAt().getEpochSecond());
    statement.setBytes(3, record.data());
    statement.setString(4, record.key());
  }

  @Override
  public void delete(String key) throws IOException {
    try (Connection connection = connect();
        PreparedStatement delete =
            connection.prepareStatement("DELETE FROM " + table + " WHERE k = ?")) {
      delete.setString(1, key);
      delete.executeUpdate();
    } catch (SQLException e) {
      throw failed("delete", e);
    }
  }

  @Override
  public int maxBytes() {
    return MAX_BYTES;
  }

  private Connection connect() throws SQLException {
    Connection connection = database.getConnection();
    try {
      if (!connection.getAutoCommit()) {
        connection.setAutoCommit(true);
      }
      return connection;
    } catch (SQLException | RuntimeException | Error e) {
      connection.close();
      throw e;
    }
  }

  private IOException failed(String operation, SQLException e) {
    return new IOException("the database failed to " + operation + " in " + table, e);
  }
}
