package dev.statelessmcp.subscription.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.statelessmcp.subscription.ChangeEvent;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class PayloadTest {

  @Test
  void eventsComeBackAsTheyWere() {
    for (ChangeEvent event : List.of(
        ChangeEvent.toolsChanged(),
        ChangeEvent.promptsChanged(),
        ChangeEvent.resourcesChanged(),
        ChangeEvent.resourceUpdated("notes:///\"tools\"/\u00e9\n"))) {
      String payload = PostgresChangeFeed.payload(event);
      assertEquals(Optional.of(event), PostgresChangeFeed.event(payload));
    }
    assertEquals("{\"list\":\"tools\"}", PostgresChangeFeed.payload(ChangeEvent.toolsChanged()));
  }

  @ParameterizedTest
  @NullAndEmptySource
  @ValueSource(strings = {"tools", "{", "[]", "{}", "{\"list\":\"x\"}", "{\"uri\":7}", "\u0000"})
  void notificationsOfOtherApplicationsAreIgnored(String payload) {
    assertEquals(Optional.empty(), PostgresChangeFeed.event(payload));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "A", "a-b", "a; DROP TABLE x", "\"a\"", "\u00e9"})
  void channelThatIsNoNameIsRefused(String channel) {
    assertThrows(
        IllegalArgumentException.class,
        () -> PostgresChangeFeed.start(new PGSimpleDataSource(), channel));
    assertThrows(
        IllegalArgumentException.class,
        () -> PostgresChangeFeed.start(new PGSimpleDataSource(), "a".repeat(64)));
  }

  @Test
  void databaseThatIsNotThereIsReportedAtOnce() {
    PGSimpleDataSource nowhere = new PGSimpleDataSource();
    nowhere.setUrl("jdbc:postgresql://127.0.0.1:1/x?connectTimeout=5");
    assertThrows(SQLException.class, () -> PostgresChangeFeed.start(nowhere, "changes"));
  }
}
