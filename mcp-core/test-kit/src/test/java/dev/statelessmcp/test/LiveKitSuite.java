package dev.statelessmcp.test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.testing.Waiting;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the kit can do where the server can send before the answer, and a call can be cancelled. */
public abstract class LiveKitSuite extends KitSuite {
  @Test
  void subscriptionReceivesChangesInOrder() {
    try (TestSubscription changes = client()
        .listen(ChangeEvent.toolsChanged(), ChangeEvent.resourceUpdated("notes:///welcome"))) {
      assertTrue(changes.acknowledged().path("toolsListChanged").booleanValue());
      sample.feed.publish(ChangeEvent.promptsChanged());
      sample.feed.publish(ChangeEvent.toolsChanged());
      changes.receives(ChangeEvent.toolsChanged());
      sample.feed.publish(ChangeEvent.resourceUpdated("notes:///welcome"));
      changes.receives(ChangeEvent.resourceUpdated("notes:///welcome"));
    }
  }

  @Test
  void cancellationReachesTheHandler() throws Exception {
    TestCall running = client().start("wait").awaitProgress("waiting");
    assertFalse(running.isAnswered());
    running.cancel();
    Waiting.await(sample.interrupted);
    assertFalse(running.isAnswered());
    sample.release.countDown();
    client().call("wait").hasText("released");
  }

  @Test
  void callsRunBesideEachOther() {
    TestCall first = client().start("wait").awaitProgress("waiting");
    client().call("weather", Map.of("city", "Oslo")).isOk();
    sample.release.countDown();
    first.answer().hasText("released").hasProgress("waiting");
  }
}
