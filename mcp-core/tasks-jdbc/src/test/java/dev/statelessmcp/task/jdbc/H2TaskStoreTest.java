package dev.statelessmcp.task.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.statelessmcp.task.TaskStore;
import dev.statelessmcp.task.TaskStoreContract;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
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

  /** Otherwise the pool would run out of connections. */
  @Test
  void aConnectionThatCannotBePreparedGoesBackToItsPool() {
    AtomicInteger closed = new AtomicInteger();
    Connection broken = fake(Connection.class, (self, method, arguments) -> {
      if (method.getName().equals("close")) {
        closed.incrementAndGet();
        return null;
      }
      throw new IllegalStateException("the pool is in a bad state");
    });
    TaskStore store = JdbcTaskStore.of(fake(DataSource.class, (self, method, arguments) -> broken));
    assertThrows(IllegalStateException.class, () -> store.read("k"));
    assertThrows(IllegalStateException.class, () -> store.delete("k"));
    assertEquals(2, closed.get());
  }

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  @Test
  void theNameOfATableIsChecked() {
    assertThrows(
        IllegalArgumentException.class, () -> JdbcTaskStore.of(database, "x; DROP TABLE y"));
  }
}
