package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ClientCapabilities;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.CancellationSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a client and a server say on one connection: opens it with the first request, gives requests
 * their ids, hands what comes to the call that it belongs to, and holds all of it against the rules
 * of the revision. Safe from any number of threads.
 */
final class Conversation {
  final Transcript transcript = new Transcript();
  final ClientSettings settings;

  private final TestTransport transport;
  private final ProtocolRules rules;
  private final MessageHeaders headers;
  private final AtomicLong ids = new AtomicLong();
  private final Map<String, TestCall> calls = new LinkedHashMap<>(); // by id, guarded by itself
  private final Collection<TestSubscription> subscriptions = new ConcurrentLinkedDeque<>();
  private final List<ObjectNode> unasked = new ArrayList<>(); // guarded by itself
  private TestTransport.Connection connection; // guarded by this
  private ObjectNode server; // guarded by this
  private volatile String fault;
  private volatile boolean thrown; // the test knows of the fault

  Conversation(TestTransport transport, ClientSettings settings) {
    this.transport = transport;
    this.settings = settings;
    this.rules = new ProtocolRules(settings.version());
    this.headers = new MessageHeaders(settings.version());
  }

  boolean isModern() {
    return settings.version().era() == Era.MODERN;
  }

  TestTransport transport() {
    return transport;
  }

  /** A failure with everything that went over the wire. */
  AssertionError failure(String message) {
    TestTransport.Connection open = connectionIfOpen();
    String log = open == null ? "" : open.log();
    return new AssertionError(message
        + "\n\nTranscript ("
        + settings.version()
        + "):\n"
        + transcript
        + (log.isEmpty() ? "" : "\n\nLog of the server:\n" + log));
  }

  private synchronized TestTransport.Connection connectionIfOpen() {
    return connection;
  }

  /** Remembers the first fault that was found on another thread, for {@link #throwFault}. */
  void fault(String message) {
    transcript.note("!!! " + message);
    if (fault == null) {
      fault = message;
    }
    List<TestCall> open;
    synchronized (calls) {
      open = new ArrayList<>(calls.values());
    }
    open.forEach(TestCall::wake);
    subscriptions.forEach(TestSubscription::wake);
  }

  void throwFault() {
    if (fault != null) {
      thrown = true;
      throw failure(fault);
    }
  }

  private void check(List<String> problems, String what) {
    if (settings.checked() && !problems.isEmpty()) {
      fault("The " + what + " breaks the protocol of revision " + settings.version() + ": "
          + String.join("; ", problems));
    }
  }

  /** The open connection; a legacy one has been initialized. */
  private synchronized TestTransport.Connection connection() {
    if (connection == null) {
      try {
        connection = transport.open(new Unasked());
      } catch (IOException e) {
        throw unreachable(e);
      }
      if (!isModern()) {
        initialize();
      }
    }
    return connection;
  }

  private AssertionError unreachable(Throwable e) {
    AssertionError failure = failure("The server cannot be reached: " + e);
    failure.initCause(e);
    return failure;
  }

  private void initialize() {
    ObjectNode params = Json.object().put("protocolVersion", settings.version().toString());
    params.set("capabilities", settings.capabilities());
    params.set("clientInfo", settings.info().toJson());
    TestAnswer answer =
        start("initialize", params, RequestSettings.NONE, TestCall.Mode.PLAIN).answer();
    server = answer.result();
    String agreed = server.path("protocolVersion").textValue();
    if (!settings.version().toString().equals(agreed)) {
      throw failure("The server does not speak " + settings.version() + " but " + agreed);
    }
    ObjectNode initialized = Json.object().put("jsonrpc", "2.0");
    post(initialized.put("method", "notifications/initialized"), RequestSettings.NONE);
    if (settings.logLevel() != null) {
      String level = settings.logLevel().toString();
      start(
              "logging/setLevel",
              Json.object().put("level", level),
              RequestSettings.NONE,
              TestCall.Mode.PLAIN)
          .answer()
          .isResult();
    }
  }

  /** What the server says of itself. */
  synchronized ObjectNode server() {
    if (server == null) {
      connection();
      if (isModern()) {
        server = start("server/discover", Json.object(), RequestSettings.NONE, TestCall.Mode.PLAIN)
            .answer()
            .result();
      }
    }
    return server;
  }

  /** Sends a request; returns when what is sent afterwards arrives after it. */
  TestCall start(String method, ObjectNode params, RequestSettings request, TestCall.Mode mode) {
    throwFault();
    TestCall call = new TestCall(this, method, params.deepCopy(), request, mode);
    send(call, params.deepCopy());
    call.awaitSent();
    return call;
  }

  /** Sends a call for the first time or again. */
  void send(TestCall call, ObjectNode params) {
    TestTransport.Connection open = connection();
    JsonNode id = Json.NODES.numberNode(ids.incrementAndGet());
    if (call.mode != TestCall.Mode.RAW) {
      addMeta(call, params, id);
    }
    ObjectNode message = Json.object().put("jsonrpc", "2.0");
    message.set("id", id);
    message.put("method", call.method);
    if (!params.isEmpty()) {
      message.set("params", params);
    }
    if (call.mode != TestCall.Mode.RAW && call.mode != TestCall.Mode.REQUEST) {
      check(rules.ofRequest(message), "client's request");
    }
    Map<String, String> fields = fields(message, call.settings);
    CancellationSource disconnection = call.begins(id);
    TestTransport.Outgoing outgoing = new TestTransport.Outgoing(
        message, fields, call.settings.caller(), call.settings.attributes(), disconnection);
    synchronized (calls) {
      calls.put(Json.text(id), call);
    }
    transcript.sent(message, fields);
    Thread thread = new Thread(() -> run(open, outgoing, call), "mcp-test " + call.method);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(TestTransport.Connection open, TestTransport.Outgoing outgoing, TestCall call) {
    try {
      open.send(outgoing, call.receiver());
    } catch (IOException e) {
      if (!call.isCancelled()) {
        fault("The server cannot be reached: " + e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      fault("The transport failed: " + e);
    } finally {
      call.ends(transport.isHttp());
    }
  }

  private void addMeta(TestCall call, ObjectNode params, JsonNode id) {
    ObjectNode meta = Json.object();
    if (isModern()) {
      meta.put(RequestMeta.PROTOCOL_VERSION, settings.version().toString());
      meta.set(RequestMeta.CLIENT_INFO, settings.info().toJson());
      meta.set(RequestMeta.CLIENT_CAPABILITIES, settings.capabilities());
      if (settings.logLevel() != null) {
        meta.put(RequestMeta.LOG_LEVEL, settings.logLevel().toString());
      }
    }
    if (call.mode == TestCall.Mode.HANDLER) {
      meta.set("progressToken", id);
    }
    meta.setAll(call.settings.meta());
    if (params.get("_meta") instanceof ObjectNode own) {
      meta.setAll(own);
    }
    if (!meta.isEmpty()) {
      params.set("_meta", meta);
    }
  }

  private Map<String, String> fields(ObjectNode message, RequestSettings request) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (transport.isHttp()) {
      fields.putAll(headers.of(message));
    }
    for (Map.Entry<String, String> field : request.headers().entrySet()) {
      fields.keySet().removeIf(name -> name.equalsIgnoreCase(field.getKey()));
      fields.put(field.getKey(), field.getValue());
    }
    return fields;
  }

  /** Sends a message that has no answer. */
  void post(ObjectNode message, RequestSettings request) {
    TestTransport.Connection open = connection();
    Map<String, String> fields = fields(message, request);
    transcript.sent(message, fields);
    try {
      open.send(
          new TestTransport.Outgoing(
              message, fields, request.caller(), request.attributes(), new CancellationSource()),
          new NoAnswer());
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted");
    }
  }

  /** Nothing is to come back. */
  private final class NoAnswer implements TestTransport.Receiver {
    @Override
    public void sent() {}

    @Override
    public void begun(int status, Map<String, String> fields) {
      if (status != 202) {
        transcript.status(status);
      }
    }

    @Override
    public void content(String text) {
      transcript.note(text);
    }

    @Override
    public void received(JsonNode message) {
      incoming(message, null);
    }
  }

  /** What belongs to no request in particular. */
  private final class Unasked implements TestTransport.Incoming {
    @Override
    public void received(JsonNode message) {
      incoming(message, null);
    }

    @Override
    public void failed(String why) {
      fault(why);
    }
  }

  /**
   * Takes a message.
   *
   * @param near the call in whose answer it came; null if that is not known
   */
  void incoming(JsonNode message, TestCall near) {
    transcript.received(message);
    if (message.isArray()) {
      fault("The server sent an array, which answers only a batch");
    } else if (!message.has("method")) {
      answered(message, near);
    } else if (message.has("id")) {
      asked((ObjectNode) message, near);
    } else {
      notified((ObjectNode) message, near);
    }
  }

  private void answered(JsonNode message, TestCall near) {
    TestCall call;
    synchronized (calls) {
      call = calls.remove(key(message.path("id")));
    }
    if (call == null) {
      if (message.hasNonNull("id") || message.has("result")) {
        fault("The server sent an answer that belongs to no open request: " + Json.text(message));
        return;
      }
      call = near == null
          ? anyOpen()
          : near; // an error without an id, for a message that could not be read
    }
    if (call != null) {
      boolean raw = call.mode == TestCall.Mode.RAW; // may be taken for one of another revision
      check(
          raw ? rules.ofAnswer(message) : rules.ofAnswer(call.method, message), "server's answer");
      call.answered((ObjectNode) message);
    }
  }

  private static String key(JsonNode id) {
    return id.isMissingNode() ? "" : Json.text(id);
  }

  /** The call that was started last and has no answer yet; null if there is none. */
  private TestCall anyOpen() {
    synchronized (calls) {
      TestCall last = null;
      for (TestCall call : calls.values()) {
        last = call;
      }
      return last;
    }
  }

  private void notified(ObjectNode notification, TestCall near) {
    check(rules.ofNotification(notification), "server's notification");
    JsonNode params = notification.path("params");
    JsonNode token = params.path("progressToken");
    JsonNode subscription = params.at("/_meta/io.modelcontextprotocol~1subscriptionId");
    TestCall call = near;
    synchronized (calls) {
      if (calls.containsKey(key(token))) {
        call = calls.get(key(token));
      } else if (calls.containsKey(key(subscription))) {
        call = calls.get(key(subscription));
      }
    }
    String method = notification.path("method").asText();
    if (call == null && method.equals("notifications/message")) {
      call = anyOpen();
    }
    if (method.equals("notifications/progress") && (call == null || !call.hasToken(token))) {
      fault("The server sent progress with a token that no open request has: " + token);
    } else if (method.equals("notifications/cancelled")) {
      transcript.note("(the server ended a request of its own, or a subscription)");
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

  /** A question of a legacy server. Answered on another thread: this one may hold its locks. */
  private void asked(ObjectNode request, TestCall near) {
    check(rules.ofRequest(request), "server's request");
    TestCall call = near == null ? anyOpen() : near;
    ObjectNode answer = Json.object().put("jsonrpc", "2.0");
    answer.set("id", request.get("id"));
    String method = request.path("method").asText();
    if (method.equals("ping")) {
      answer.putObject("result");
    } else if (call == null) {
      fault("The server asked something outside of any request: " + Json.text(request));
      return;
    } else {
      ObjectNode params =
          request.get("params") instanceof ObjectNode object ? object : Json.object();
      requireCapability(method, params);
      ObjectNode result = call.answerTo(new AskedQuestion(null, method, params));
      if (result == null) {
        return; // a fault
      }
      answer.set("result", result);
    }
    RequestSettings settingsOfCall = call == null ? RequestSettings.NONE : call.settings;
    Thread thread = new Thread(() -> reply(answer, settingsOfCall), "mcp-test answer");
    thread.setDaemon(true);
    thread.start();
  }

  private void reply(ObjectNode answer, RequestSettings request) {
    try {
      post(answer, request);
    } catch (AssertionError e) {
      fault(e.getMessage());
    }
  }

  /** A server must not ask for what the client did not declare. */
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
      fault("The server asks the client (" + method + ", " + kind
          + "), which did not declare that capability");
    }
  }

  /**
   * Whether a request is worth another try: the server wants headers that repeat arguments, which
   * only its list of tools names.
   */
  boolean learnsHeaders(TestCall call, JsonNode answer) {
    if (!transport.isHttp()
        || !isModern()
        || !call.method.equals("tools/call")
        || call.mode == TestCall.Mode.RAW
        || answer.path("error").path("code").asInt() != ErrorCode.HEADER_MISMATCH) {
      return false;
    }
    boolean found = false;
    for (JsonNode tool : list("tools/list", "tools", call.settings)) {
      headers.learn(tool.path("name").asText(), tool.path("inputSchema"));
      found |= tool.path("name").equals(call.params.path("name"))
          && Json.text(tool).contains("x-mcp-header");
    }
    return found;
  }

  /** All pages of a list. */
  List<ObjectNode> list(String method, String member, RequestSettings request) {
    List<ObjectNode> all = new ArrayList<>();
    JsonNode cursor = null;
    do {
      ObjectNode params = Json.object();
      if (cursor != null) {
        params.set("cursor", cursor);
      }
      ObjectNode page =
          start(method, params, request, TestCall.Mode.PLAIN).answer().result();
      page.path(member).forEach(item -> all.add((ObjectNode) item));
      cursor = page.get("nextCursor");
    } while (cursor != null);
    return all;
  }

  /** Forgets a call whose answer is not waited for any more. */
  void forget(TestCall call) {
    synchronized (calls) {
      calls.values().remove(call);
    }
  }

  void cancel(JsonNode id, RequestSettings request) {
    ObjectNode message = Json.object().put("jsonrpc", "2.0");
    message.put("method", "notifications/cancelled").putObject("params").set("requestId", id);
    post(message, request);
  }

  void add(TestSubscription subscription) {
    subscriptions.add(subscription);
  }

  void remove(TestSubscription subscription) {
    subscriptions.remove(subscription);
  }

  /** Has a legacy server send changes. */
  void listen() {
    try {
      connection().listen();
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure("interrupted");
    }
  }

  void checkUserAnswer(String method, ObjectNode result) {
    check(rules.ofUserAnswer(method, result), "script's answer");
  }

  void close() {
    TestTransport.Connection open = connectionIfOpen();
    if (open != null) {
      open.close();
    }
    if (!thrown) {
      throwFault();
    }
  }
}
