package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * {@code subscriptions/listen}: a request that is answered when it ends.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/subscriptions">Subscriptions</a>
 */
public final class SubscriptionMethods {
  private static final String ACKNOWLEDGED = "notifications/subscriptions/acknowledged";
  private static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";

  /** More resources than any client watches in one subscription. */
  private static final int MAX_URIS = 1000;

  private final ServerDefinition server;

  /**
   * The subscriptions to one server.
   *
   * @param server the server
   */
  public SubscriptionMethods(ServerDefinition server) {
    this.server = server;
  }

  /** What a client wants to hear of, or what it will. */
  private record Filter(boolean tools, boolean prompts, boolean resources, Set<String> uris) {

    boolean isEmpty() {
      return !tools && !prompts && !resources && uris.isEmpty();
    }

    boolean wants(ChangeEvent event) {
      if (event instanceof ChangeEvent.ResourceUpdated updated) {
        return uris.contains(updated.uri());
      }
      return event instanceof ChangeEvent.ToolsChanged
          ? tools
          : event instanceof ChangeEvent.PromptsChanged ? prompts : resources;
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

  /**
   * Serves a subscription, for as long as it lasts.
   *
   * @param call the request
   * @return the result, when the server ends it
   * @throws Exception if the client ends it
   */
  public ObjectNode listen(ServerCall call) throws Exception {
    Filter filter = honoured(read(call.params()), call);
    ObjectNode acknowledged = Json.object();
    acknowledged.set("notifications", filter.toJson());
    if (filter.isEmpty()) {
      send(call, ACKNOWLEDGED, acknowledged);
    } else {
      deliver(call, filter, acknowledged);
    }
    return withId(call, Json.object());
  }

  private static Filter read(ObjectNode params) {
    JsonNode wanted = params.get("notifications");
    if (!(wanted instanceof ObjectNode)) {
      throw McpException.invalidParams(
          wanted == null
              ? "params.notifications is required"
              : "params.notifications must be an object");
    }
    Set<String> uris = new LinkedHashSet<>();
    JsonNode list = wanted.get("resourceSubscriptions");
    if (list != null && !list.isArray()) {
      throw McpException.invalidParams(
          "params.notifications.resourceSubscriptions must be an array");
    }
    for (JsonNode uri : list == null ? Json.array() : list) {
      if (!uri.isTextual()) {
        throw McpException.invalidParams(
            "params.notifications.resourceSubscriptions must have strings in it");
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
    JsonNode flag = wanted.path(name);
    if (!flag.isMissingNode() && !flag.isBoolean()) {
      throw McpException.invalidParams("params.notifications." + name + " must be a boolean");
    }
    return flag.booleanValue();
  }

  /**
   * What can be delivered here: nothing where answers are collected, and nothing that is hidden.
   */
  private Filter honoured(Filter wanted, ServerCall call) throws Exception {
    boolean can = server.feed() != null && call.exchange().isLive();
    ResourceMethods resources = new ResourceMethods(server);
    Set<String> uris = new LinkedHashSet<>();
    for (String uri : wanted.uris) {
      if (can && resources.isReadable(uri, call.exchange().caller())) {
        uris.add(uri);
      }
    }
    return new Filter(
        can && wanted.tools && server.tools() != null,
        can && wanted.prompts && server.prompts() != null,
        can && wanted.resources && server.hasResources(),
        uris);
  }

  /** Sends changes until somebody ends it. */
  private void deliver(ServerCall call, Filter filter, ObjectNode acknowledged)
      throws InterruptedException {
    Waiting waiting = new Waiting();
    ChangeFeed.Registration feed = server.feed().subscribe(event -> {
      if (filter.wants(event)) {
        waiting.add(event);
      }
    });
    Cancellation.Registration ending = call.exchange().ending().onCancel(waiting::end);
    try {
      // Listening already: what changes behind the acknowledgement must not be lost
      send(call, ACKNOWLEDGED, acknowledged);
      Set<ChangeEvent> events = waiting.next();
      while (!events.isEmpty()) {
        for (ChangeEvent event : events) {
          JsonRpcMessage.Notification notification = notification(event);
          send(call, notification.method(), notification.params());
        }
        events = waiting.next();
      }
    } finally {
      feed.close();
      ending.close();
    }
  }

  /** What is to be sent. What changes twice before it is sent is sent once. */
  private static final class Waiting {
    private Set<ChangeEvent> events = new LinkedHashSet<>();
    private boolean ended;

    synchronized void add(ChangeEvent event) {
      events.add(event);
      notifyAll();
    }

    synchronized void end() {
      ended = true;
      notifyAll();
    }

    /** Waits for the next events; empty at the end. The client's end of it interrupts. */
    synchronized Set<ChangeEvent> next() throws InterruptedException {
      while (events.isEmpty() && !ended) {
        wait();
      }
      Set<ChangeEvent> next = events;
      events = new LinkedHashSet<>();
      return next;
    }
  }

  /**
   * What an event is on the wire, in both eras.
   *
   * @param event the event
   * @return a new notification
   */
  public static JsonRpcMessage.Notification notification(ChangeEvent event) {
    ObjectNode params = Json.object();
    if (event instanceof ChangeEvent.ResourceUpdated updated) {
      params.put("uri", updated.uri());
      return new JsonRpcMessage.Notification("notifications/resources/updated", params);
    }
    String list = event instanceof ChangeEvent.ToolsChanged
        ? "tools"
        : event instanceof ChangeEvent.PromptsChanged ? "prompts" : "resources";
    return new JsonRpcMessage.Notification("notifications/" + list + "/list_changed", params);
  }

  private static void send(ServerCall call, String method, ObjectNode params) {
    call.exchange().send(new JsonRpcMessage.Notification(method, withId(call, params)));
  }

  private static ObjectNode withId(ServerCall call, ObjectNode object) {
    object.withObjectProperty("_meta").set(SUBSCRIPTION_ID, call.request().id().toJson());
    return object;
  }
}
