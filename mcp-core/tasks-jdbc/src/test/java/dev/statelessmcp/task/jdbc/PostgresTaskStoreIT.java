package dev.statelessmcp.task.jdbc;

import dev.statelessmcp.task.TaskStore;
import dev.statelessmcp.task.TaskStoreContract;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.ds.PGSimpleDataSource;

/** A real PostgreSQL, which {@code .ci/stores} starts: MCP_TEST_POSTGRES is its JDBC URL. */
class PostgresTaskStoreIT extends TaskStoreContract {
  private final PGSimpleDataSource database = new PGSimpleDataSource();

  @BeforeEach
  void createTable() throws IOException {
    database.setUrl(Objects.requireNonNull(
        System.getenv("MCP_TEST_POSTGRES"), "MCP_TEST_POSTGRES must be set; run .ci/stores"));
    JdbcTaskStore.of(database).createTable();
  }

  @Override
  protected TaskStore store() {
    return JdbcTaskStore.of(database);
  }
}
