package dev.statelessmcp.task.jdbc;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.statelessmcp.task.TaskStore;
import dev.statelessmcp.task.TaskStoreContract;
import java.io.IOException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A database in memory. */
class H2TaskStoreTest extends TaskStoreContract {
  private final JdbcDataSource database = new JdbcDataSource();

  @BeforeEach
  void createTable() throws IOException {
    database.setURL("jdbc:h2:mem:tasks;DB_CLOSE_DELAY=-1");
    JdbcTaskStore.of(database).createTable().createTable();
  }

  @Override
  protected TaskStore store() {
    return JdbcTaskStore.of(database);
  }

  @Test
  void aDatabaseThatFailsIsAnIoException() {
    TaskStore store = JdbcTaskStore.of(database, "other");
    assertThrows(IOException.class, () -> store.read("k"));
    assertThrows(IOException.class, () -> store.delete("k"));
  }

  @Test
  void theNameOfATableIsChecked() {
    assertThrows(
        IllegalArgumentException.class, () -> JdbcTaskStore.of(database, "x; DROP TABLE y"));
  }
}
