package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ClientCapabilities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Receives the messages of a connection, checks them against the rules of the revision, and passes
 * them to the call or subscription that they belong to. Thread-safe.
 */
final class Inbox implements TestTransport.Incoming {
  private final Conversation conversation;
  private final ClientSettings settings;
  private final ProtocolRules rules;
  private final Transcript transcript;
  private final Map<String, TestCall> calls =
      new LinkedHashMap<>(); // by id, guarded by its own monitor
  private final Collection<TestSubscription> subscriptions = new ConcurrentLinkedDeque<>();
  private final List<ObjectNode> unasked = new ArrayList<>(); // guarded by its own monitor
  private final Faults faults;

  Inbox(Conversation conversation, ProtocolRules rules) {
    this.conversation = conversation;
    this.settings = conversation.settings;
    this.transcript = conversation.transcript;
    this.rules = rules;
    this.faults = conversation.faults();
  }

  void add(JsonNode id, TestCall call) {
    synchronized (calls) {
      calls.put(Json.text(id), call);
    }
  }

  /** Removes a call whose answer is no longer expected. */
  void forget(TestCall call) {
    synchronized (calls) {
      calls.values().remove(call);
    }
  }

  void add(TestSubscription subscription) {
    subscriptions.add(subscription);
  }

  void remove(TestSubscription subscription) {
    subscriptions.remove(subscription);
  }

  /** Wakes all waiting threads, to check for a fault. */
  void wake() {
    List<TestCall> open;
    synchronized (calls) {
      open = new ArrayList<>(calls.values());
    }
    open.forEach(TestCall::wake);
    subscriptions.forEach(TestSubscription::wake);
  }

  @Override
  public void received(JsonNode message) {
    incoming(message, null);
  }

  @Override
  public void failed(String why) {
    faults.breaks(why);
  }

  /**
   * Takes a message.
   *
   * @param near the call in whose response it came; null if it is not known
   */
  void incoming(JsonNode message, @Nullable TestCall near) {
    transcript.received(message);
    if (message.isArray()) {
      faults.add("The server sent an array, which answers only a batch");
    } else if (!message.has("method")) {
      answered(message, near);
    } else if (message.has("id")) {
      asked((ObjectNode) message, near);
    } else {
      notified((ObjectNode) message, near);
    }
  }

  private void answered(JsonNode message, @Nullable TestCall near) {
    TestCall call;
    synchronized (calls) {
      call = calls.remove(key(message.path("id")));
    }
    if (call == null) {
      if (message.hasNonNull("id") || message.has("result")) {
        faults.add(
            "The server sent an answer that belongs to no open request: " + Json.text(message));
        return;
      }
      call = near == null
          ? anyOpen()
          : near; // an error without an id, for a message that could not be read
    }
    if (call != null) {
      boolean raw = call.mode == TestCall.Mode.RAW; // may be taken for one of another revision
      faults.addProblems(
          raw ? rules.ofAnswer(message) : rules.ofAnswer(call.method, message), "server's answer");
      if (!raw && isTask(message) && !call.declares(TestTask.EXTENSION)) {
        faults.add("The server made a task of a call whose client did not declare the extension "
            + TestTask.EXTENSION);
      }
      call.answered((ObjectNode) message);
    }
  }

  private static boolean isTask(JsonNode answer) {
    return answer.at("/result/resultType").asText().equals("task");
  }

  private static String key(JsonNode id) {
    return id.isMissingNode() ? "" : Json.text(id);
  }

  /** The last call without an answer; null if there is none. */
  private @Nullable TestCall anyOpen() {
    synchronized (calls) {
      TestCall last = null;
      for (TestCall call : calls.values()) {
        last = call;
      }
      return last;
    }
  }

  /** The open call whose test has chosen this token; null if there is none. */
  private @Nullable TestCall withToken(JsonNode token) {
    for (TestCall call : calls.values()) {
      if (call.hasToken(token)) {
        return call;
      }
    }
    return null;
  }

  /** The open call whose question a server withdraws; null if there is none. */
  private @Nullable TestCall asking(JsonNode params) {
    synchronized (calls) {
      for (TestCall call : calls.values()) {
        if (call.script().hasAsked(params.path("requestId"))) {
          return call;
        }
      }
    }
    return null;
  }

  private void notified(ObjectNode notification, @Nullable TestCall near) {
    faults.addProblems(rules.ofNotification(notification), "server's notification");
    JsonNode params = notification.path("params");
    JsonNode token = params.path("progressToken");
    JsonNode subscription = params.at("/_meta/io.modelcontextprotocol~1subscriptionId");
    TestCall call = near;
    synchronized (calls) {
      if (calls.containsKey(key(token))) {
        call = calls.get(key(token));
      } else if (calls.containsKey(key(subscription))) {
        call = calls.get(key(subscription));
      } else if (call == null && !token.isMissingNode()) {
        call = withToken(token);
      }
    }
    String method = notification.path("method").asText();
    TestCall asking = method.equals("notifications/cancelled") ? asking(params) : null;
    if (asking != null) {
      asking.notified(notification);
      return;
    }
    if (call == null && method.equals("notifications/message")) {
      call = anyOpen();
    }
    if (method.equals("notifications/progress") && (call == null || !call.hasToken(token))) {
      faults.add("The server sent progress with a token that no open request has: " + token);
    } else if (method.equals("notifications/cancelled")) {
      transcript.note("(the server ended one of its requests, or a subscription)");
    } else if (call != null) {
      call.notified(notification);
    } else {
      synchronized (unasked) {
        unasked.add(notification);
      }
      for (TestSubscription each : subscriptions) {
        each.notified(notification);
      }
    }
  }

  List<ObjectNode> unasked() {
    synchronized (unasked) {
      return List.copyOf(unasked);
    }
  }

  /**
   * Answers a question of a legacy server, on another thread, because this one may hold its locks.
   */
  private void asked(ObjectNode request, @Nullable TestCall near) {
    faults.addProblems(rules.ofRequest(request), "server's request");
    TestCall call = near == null ? anyOpen() : near;
    ObjectNode answer = Json.object().put("jsonrpc", "2.0");
    answer.set("id", request.get("id"));
    String method = request.path("method").asText();
    if (method.equals("ping")) {
      answer.putObject("result");
    } else if (call == null) {
      faults.add("The server asked something outside of any request: " + Json.text(request));
      return;
    } else {
      ObjectNode params =
          request.get("params") instanceof ObjectNode object ? object : Json.object();
      requireCapability(method, params);
      call.script().askedAs(request.path("id"));
      UserAnswer scripted = call.script().answerTo(new AskedQuestion(null, method, params));
      if (scripted == null || scripted.isNone()) {
        return; // a fault, or the user does not answer
      }
      answer.set(scripted.isError() ? "error" : "result", scripted.toJson());
    }
    RequestSettings settingsOfCall = call == null ? RequestSettings.NONE : call.settings;
    Thread thread = new Thread(() -> reply(answer, settingsOfCall), "mcp-test answer");
    thread.setDaemon(true);
    thread.start();
  }

  private void reply(ObjectNode answer, RequestSettings request) {
    try {
      conversation.post(answer, request);
    } catch (AssertionError e) {
      faults.add(String.valueOf(e.getMessage()));
    }
  }

  /** Adds a fault if the client did not declare the capability for a question. */
  void requireCapability(String method, JsonNode params) {
    QuestionKind kind = switch (method) {
      case "elicitation/create" ->
        params.path("mode").asText("form").equals("url") ? QuestionKind.URL : QuestionKind.FORM;
      case "sampling/createMessage" -> QuestionKind.SAMPLING;
      case "roots/list" -> QuestionKind.ROOTS;
      default -> null;
    };
    if (kind != null
        && settings.checked()
        && !kind.isDeclaredBy(new ClientCapabilities(settings.capabilities()))) {
      faults.add("The server asks the client (" + method + ", " + kind
          + "), which did not declare that capability");
    }
  }
}
