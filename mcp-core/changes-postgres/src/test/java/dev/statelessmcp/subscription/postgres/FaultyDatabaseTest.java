package dev.statelessmcp.subscription.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.testing.Waiting;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** A driver, or a pool around it, that fails in ways that are not of SQL. */
class FaultyDatabaseTest {
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch end = new CountDownLatch(1);

  private static <T> T fake(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private Connection connection() {
    int number = connections.incrementAndGet();
    AtomicInteger reads = new AtomicInteger();
    PGConnection driver = fake(PGConnection.class, (self, method, arguments) -> {
      if (number == 1) {
        throw new NoClassDefFoundError("a part of the driver");
      }
      if (reads.incrementAndGet() > 1) {
        end.await();
        return null;
      }
      return new PGNotification[] {
        fake(PGNotification.class, (notification, getter, none) -> "{\"uri\":\"r:///1\"}")
      };
    });
    return fake(Connection.class, (self, method, arguments) -> switch (method.getName()) {
      case "unwrap" -> driver;
      case "createStatement" ->
        fake(
            Statement.class,
            (statement, call, none) -> call.getReturnType() == boolean.class ? false : null);
      case "isValid" -> true;
      case "abort" -> throw new IllegalStateException("the pool does not abort");
      default -> null;
    });
  }

  /** Otherwise no change would ever arrive again, and nothing would say so. */
  @Test
  void changesArriveAgainAfterAnError() throws Exception {
    DataSource database = fake(DataSource.class, (self, method, arguments) -> connection());
    BlockingQueue<ChangeEvent> heard = new LinkedBlockingQueue<>();
    try (PostgresChangeFeed feed = PostgresChangeFeed.start(database, "changes")) {
      feed.subscribe(heard::add);
      ChangeEvent last = null;
      for (int i = 0; i < 4; i++) { // what may have been missed, and then the notification
        last = heard.poll(Waiting.SECONDS, TimeUnit.SECONDS);
      }
      assertEquals(ChangeEvent.resourceUpdated("r:///1"), last);
    } finally {
      end.countDown();
    }
    assertEquals(2, connections.get());
  }
}
