package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionSubscription;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.transport.LegacyConnection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code subscriptions/listen}: a request that is answered when it ends.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">Subscriptions</a>
 */
final class SubscriptionMethods {
  private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
  private static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";

  /** Of a feed, which could not be unsubscribed from. */
  static final String NO_REGISTRATION = "the subscribe of the ChangeFeed returned null";

  private static final int MAX_URIS = LegacyConnection.MAX_SUBSCRIPTIONS;

  private SubscriptionMethods() {}

  /** Whether the protocol defines that member of the filter. */
  static boolean isOwnMember(String member) {
    return switch (member) {
      case "toolsListChanged",
          "promptsListChanged",
          "resourcesListChanged",
          "resourceSubscriptions" -> true;
      default -> false;
    };
  }

  /** The changes that a client requests, or that it will get. */
  private record Filter(boolean tools, boolean prompts, boolean resources, Set<String> uris) {

    boolean isEmpty() {
      return !tools && !prompts && !resources && uris.isEmpty();
    }

    boolean wants(ChangeEvent event) {
      String list = event.list().orElse(null);
      if (list == null) {
        return uris.contains(event.uri().orElseThrow());
      }
      return list.equals("tools") ? tools : list.equals("prompts") ? prompts : resources;
    }

    ObjectNode toJson() {
      ObjectNode json = Json.object();
      put(json, "toolsListChanged", tools);
      put(json, "promptsListChanged", prompts);
      put(json, "resourcesListChanged", resources);
      if (!uris.isEmpty()) {
        ArrayNode array = json.putArray("resourceSubscriptions");
        uris.forEach(array::add);
      }
      return json;
    }

    private static void put(ObjectNode json, String name, boolean value) {
      if (value) {
        json.put(name, true);
      }
    }
  }

  /** A part of the filter that an extension accepts. */
  private record Accepted(String member, ExtensionSubscription subscription, JsonNode accepted) {}

  /**
   * Serves a subscription until it ends.
   *
   * @param call the request
   * @return the result, when the server ends it
   * @throws Exception if the client ends it
   */
  static ObjectNode listen(ServedRequest call) throws Exception {
    Filter filter = accepted(read(call.params()), call);
    try (HandlerCall running = new HandlerCall(call, Asks.NOTHING)) {
      List<Accepted> more = ofExtensions(call, running);
      ObjectNode notifications = filter.toJson();
      for (Accepted each : more) {
        notifications.set(each.member, each.accepted);
      }
      ObjectNode acknowledged = Json.object();
      acknowledged.set("notifications", notifications);
      if (filter.isEmpty() && more.isEmpty()) {
        send(call, ACKNOWLEDGED, acknowledged);
      } else {
        deliver(call, running, filter, more, acknowledged);
      }
    }
    return withId(call, Json.object());
  }

  /** The parts of the filter that extensions accept; empty if answers are buffered. */
  private static List<Accepted> ofExtensions(ServedRequest call, HandlerCall running)
      throws Exception {
    List<Accepted> parts = new ArrayList<>();
    for (Extension extension : call.server().extensions()) {
      for (Map.Entry<String, ExtensionSubscription> each :
          extension.subscriptions().entrySet()) {
        JsonNode wanted = Params.get(call.params().get("notifications"), each.getKey());
        if (wanted != null) {
          running.requireExtension(extension.id());
          JsonNode accepted = each.getValue().accept(wanted, running);
          if (accepted != null && call.exchange().isLive()) {
            parts.add(new Accepted(each.getKey(), each.getValue(), accepted));
          }
        }
      }
    }
    return parts;
  }

  private static Filter read(ObjectNode params) {
    JsonNode wanted = Params.get(params, "notifications");
    if (!(wanted instanceof ObjectNode)) {
      throw McpException.invalidParams(
          wanted == null
              ? "params.notifications is required"
              : "params.notifications must be an object");
    }
    Set<String> uris = new LinkedHashSet<>();
    JsonNode list = Params.get(wanted, "resourceSubscriptions");
    if (list != null && !list.isArray()) {
      throw McpException.invalidParams(
          "params.notifications.resourceSubscriptions must be an array");
    }
    for (JsonNode uri : list == null ? Json.array() : list) {
      if (!uri.isTextual()) {
        throw McpException.invalidParams(
            "params.notifications.resourceSubscriptions must have only strings");
      }
      uris.add(uri.textValue());
    }
    if (uris.size() > MAX_URIS) {
      throw McpException.invalidParams(
          "params.notifications.resourceSubscriptions may have at most " + MAX_URIS + " URIs");
    }
    return new Filter(
        flag(wanted, "toolsListChanged"),
        flag(wanted, "promptsListChanged"),
        flag(wanted, "resourcesListChanged"),
        uris);
  }

  private static boolean flag(JsonNode wanted, String name) {
    JsonNode flag = Params.get(wanted, name);
    if (flag != null && !flag.isBoolean()) {
      throw McpException.invalidParams("params.notifications." + name + " must be a boolean");
    }
    return flag != null && flag.booleanValue();
  }

  /** The scopes of the resources that a subscription names, which may be malformed. */
  static List<String> requiredScopes(ServedRequest call) throws Exception {
    JsonNode uris = call.params().path("notifications").path("resourceSubscriptions");
    List<String> scopes = new ArrayList<>();
    for (int i = 0; i < uris.size() && i < MAX_URIS; i++) {
      String uri = uris.path(i).textValue();
      if (uri != null) {
        scopes.addAll(
            ResourceMethods.requiredScopes(call.server(), uri, call.exchange().caller()));
      }
    }
    return scopes;
  }

  /** The changes that can be delivered: none if answers are buffered, and none of hidden items. */
  private static Filter accepted(Filter wanted, ServedRequest call) throws Exception {
    ServerDefinition server = call.server();
    boolean can = server.feed() != null && call.exchange().isLive();
    Set<String> uris = new LinkedHashSet<>();
    List<String> scopes = new ArrayList<>();
    Caller caller = call.exchange().caller();
    for (String uri : wanted.uris) {
      if (can && ResourceMethods.isKnown(server, uri, caller)) {
        uris.add(uri);
        scopes.addAll(ResourceMethods.requiredScopes(server, uri, caller));
      }
    }
    server.scopes().require(scopes, call.exchange());
    return new Filter(
        can && wanted.tools && server.tools() != null,
        can && wanted.prompts && server.prompts() != null,
        can && wanted.resources && server.hasResources(),
        uris);
  }

  /** Sends changes until the client or the server ends it, or there cannot be more. */
  private static void deliver(
      ServedRequest call,
      HandlerCall running,
      Filter filter,
      List<Accepted> more,
      ObjectNode acknowledged)
      throws Exception {
    NotificationQueue queue = new NotificationQueue();
    List<Registration> open = new ArrayList<>();
    try {
      ChangeFeed feed = call.server().feed();
      if (feed != null && !filter.isEmpty()) {
        Registration registration = feed.subscribe(event -> {
          if (filter.wants(event)) {
            queue.add(notification(event));
          }
        });
        open.add(Objects.requireNonNull(registration, NO_REGISTRATION));
      }
      // Changes of the server have no end
      AtomicInteger left = new AtomicInteger(more.size() + (filter.isEmpty() ? 0 : 1));
      for (Accepted each : more) {
        open.add(Objects.requireNonNull(
            each.subscription.open(each.accepted, running, queue::add, new End(left, queue)),
            "the open of an ExtensionSubscription returned null"));
      }
      open.add(call.exchange().ending().onCancel(queue::end));
      // Already subscribed: a change after the acknowledgement must not be lost
      send(call, ACKNOWLEDGED, acknowledged);
      Set<JsonRpcMessage.Notification> next = queue.next();
      while (!next.isEmpty()) {
        for (JsonRpcMessage.Notification notification : next) {
          send(call, notification.method(), notification.params().deepCopy());
        }
        next = queue.next();
      }
    } finally {
      closeAll(open);
    }
  }

  /** Ends a subscription when all of its parts have ended. */
  private record End(AtomicInteger left, NotificationQueue queue, AtomicBoolean reached)
      implements Runnable {

    End(AtomicInteger left, NotificationQueue queue) {
      this(left, queue, new AtomicBoolean());
    }

    @Override
    public void run() {
      if (reached.compareAndSet(false, true) && left.decrementAndGet() == 0) {
        queue.end();
      }
    }
  }

  /** Closes all, even if one fails, because an open registration would never be released. */
  @SuppressWarnings("ReferenceEquality") // an exception must not be suppressed in itself
  private static void closeAll(List<Registration> open) throws Exception {
    Throwable failure = null;
    for (Registration each : open) {
      try {
        each.close();
      } catch (Throwable e) {
        if (failure == null) {
          failure = e;
        } else if (failure != e) {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw (Exception) failure;
    }
  }

  /**
   * The wire form of an event, in both eras.
   *
   * @param event the event
   * @return a new notification
   */
  static JsonRpcMessage.Notification notification(ChangeEvent event) {
    ObjectNode params = Json.object();
    String list = event.list().orElse(null);
    if (list == null) {
      params.put("uri", event.uri().orElseThrow());
      return new JsonRpcMessage.Notification("notifications/resources/updated", params);
    }
    return new JsonRpcMessage.Notification("notifications/" + list + "/list_changed", params);
  }

  private static void send(ServedRequest call, String method, ObjectNode params) {
    call.send(method, withId(call, params));
  }

  private static ObjectNode withId(ServedRequest call, ObjectNode object) {
    object.withObjectProperty("_meta").set(SUBSCRIPTION_ID, call.request().id().toJson());
    return object;
  }
}
