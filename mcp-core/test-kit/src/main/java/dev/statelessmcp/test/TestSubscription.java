package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.subscription.ChangeEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A subscription to changes. In the modern era it is a {@code subscriptions/listen}; in the legacy
 * era the server sends changes of lists without a request, and those of resources after
 * {@code resources/subscribe}. Not thread-safe.
 */
public final class TestSubscription implements AutoCloseable {
  private static final Set<String> CHANGES = Set.of(
      "notifications/tools/list_changed",
      "notifications/prompts/list_changed",
      "notifications/resources/list_changed",
      "notifications/resources/updated");

  private final Conversation conversation;
  private final RequestSettings settings;
  private final @Nullable TestCall call; // null in the legacy era
  private final List<String> uris = new ArrayList<>(); // of the legacy era
  private final List<ObjectNode> changes = new ArrayList<>(); // of the legacy era, guarded by this
  private ObjectNode acknowledged = Json.object();
  private int taken;

  private TestSubscription(
      Conversation conversation, RequestSettings settings, @Nullable TestCall call) {
    this.conversation = conversation;
    this.settings = settings;
    this.call = call;
  }

  static TestSubscription open(
      Conversation conversation, RequestSettings settings, ChangeEvent... events) {
    return conversation.isModern()
        ? open(conversation, settings, filter(events))
        : openLegacy(conversation, settings, events);
  }

  private static ObjectNode filter(ChangeEvent... events) {
    ObjectNode filter = Json.object();
    for (ChangeEvent event : events) {
      event.uri().ifPresent(uri -> {
        ArrayNode all = filter.withArrayProperty("resourceSubscriptions");
        all.add(uri);
      });
      event.list().ifPresent(list -> filter.put(list + "ListChanged", true));
    }
    return filter;
  }

  static TestSubscription open(
      Conversation conversation, RequestSettings settings, ObjectNode filter) {
    ObjectNode params = Json.object();
    params.set("notifications", filter);
    TestCall call =
        conversation.start("subscriptions/listen", params, settings, TestCall.Mode.PLAIN);
    TestSubscription subscription = new TestSubscription(conversation, settings, call);
    ObjectNode first = subscription.next();
    if (!first.path("method").asText().equals("notifications/subscriptions/acknowledged")) {
      throw conversation
          .faults()
          .failure("the first notification of a subscription must acknowledge it");
    }
    subscription.acknowledged = (ObjectNode) first.path("params").path("notifications");
    return subscription;
  }

  private static TestSubscription openLegacy(
      Conversation conversation, RequestSettings settings, ChangeEvent... events) {
    TestSubscription subscription = new TestSubscription(conversation, settings, null);
    conversation.inbox().add(subscription);
    conversation.listen(settings);
    for (ChangeEvent event : events) {
      event.uri().ifPresent(uri -> {
        subscription.uris.add(uri);
        subscription.request("resources/subscribe", uri);
      });
    }
    subscription.acknowledged = filter(events);
    return subscription;
  }

  private void request(String method, String uri) {
    conversation
        .start(method, Json.object().put("uri", uri), settings, TestCall.Mode.PLAIN)
        .answer()
        .isResult();
  }

  synchronized void notified(ObjectNode notification) {
    if (CHANGES.contains(notification.path("method").asText())) {
      changes.add(notification);
      notifyAll();
    }
  }

  synchronized void wake() {
    notifyAll();
  }

  /**
   * The filter that the server has acknowledged.
   *
   * @return the filter; in the legacy era the requested one
   */
  public ObjectNode acknowledged() {
    return acknowledged.deepCopy();
  }

  /**
   * Waits for the next notification.
   *
   * @return the notification; never null
   * @throws AssertionError if none comes within the time limit
   */
  public ObjectNode next() {
    taken++;
    return (call == null ? nextChange() : call.awaitNotification(taken)).deepCopy();
  }

  private synchronized ObjectNode nextChange() {
    long end = System.nanoTime() + conversation.settings.limit().toNanos();
    while (changes.size() < taken) {
      conversation.faults().throwFault();
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) {
        throw conversation
            .faults()
            .failure("no change came within " + conversation.settings.limit());
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw conversation.faults().failure("interrupted while waiting");
      }
    }
    return changes.get(taken - 1);
  }

  /**
   * Asserts that the next notification is about this change; waits for it.
   *
   * @param event the change; not null
   * @return this subscription
   * @throws AssertionError if another notification comes, or none within the time limit
   */
  public TestSubscription receives(ChangeEvent event) {
    ObjectNode next = next();
    String method = event
        .list()
        .map(list -> "notifications/" + list + "/list_changed")
        .orElse("notifications/resources/updated");
    JsonNode uri = next.path("params").path("uri");
    if (!next.path("method").asText().equals(method)
        || !event.uri().map(uri.asText()::equals).orElse(true)) {
      throw conversation
          .faults()
          .failure("the next change must be " + event + ", was " + Json.text(next));
    }
    return this;
  }

  /**
   * Waits until the server ends the subscription.
   *
   * @return the answer; never null
   * @throws AssertionError if it does not end within the time limit
   * @throws IllegalStateException in the legacy era, whose subscriptions have no end
   */
  public TestAnswer awaitEnd() {
    if (call == null) {
      throw new IllegalStateException("a subscription of the legacy era has no end");
    }
    return call.answer();
  }

  /** Ends the subscription. */
  @Override
  public void close() {
    if (call == null) {
      conversation.inbox().remove(this);
      uris.forEach(uri -> request("resources/unsubscribe", uri));
    } else if (!call.isAnswered()) {
      call.cancel();
    }
  }
}
