package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.CancellationSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a client and a server on one connection: opens it with the first request, assigns
 * request ids, passes messages to the call that they belong to, and checks them against the rules
 * of the revision. Thread-safe.
 */
final class Conversation {
  final Transcript transcript = new Transcript();
  final ClientSettings settings;

  private final TestTransport transport;
  private final ProtocolRules rules;
  private final MessageHeaders headers;
  private final AtomicLong ids = new AtomicLong();
  private final Faults faults;
  private final Inbox inbox;
  private final OutputSchemas outputSchemas = new OutputSchemas();
  private TestTransport.@Nullable Connection connection; // guarded by this
  private @Nullable ObjectNode server; // guarded by this

  Conversation(TestTransport transport, ClientSettings settings) {
    this.transport = transport;
    this.settings = settings;
    this.rules = new ProtocolRules(settings.version());
    this.headers = new MessageHeaders(settings.version());
    this.faults = new Faults(settings, transcript, this::log, this::wake);
    this.inbox = new Inbox(this, rules);
  }

  private void wake() {
    inbox.wake();
  }

  Inbox inbox() {
    return inbox;
  }

  boolean isModern() {
    return settings.version().era() == Era.MODERN;
  }

  TestTransport transport() {
    return transport;
  }

  Faults faults() {
    return faults;
  }

  private String log() {
    TestTransport.Connection open = connectionIfOpen();
    return open == null ? "" : open.log();
  }

  private synchronized TestTransport.@Nullable Connection connectionIfOpen() {
    return connection;
  }

  /**
   * The open connection; a legacy one has been initialized.
   *
   * @param request has the caller and headers to open it with
   */
  private synchronized TestTransport.Connection connection(RequestSettings request) {
    if (connection == null) {
      try {
        connection = transport.open(inbox);
      } catch (IOException e) {
        throw unreachable(e);
      }
      if (!isModern()) {
        initialize(request.ofClient());
      }
    }
    return connection;
  }

  private AssertionError unreachable(Throwable e) {
    AssertionError failure = faults.failure("The server cannot be reached: " + e);
    failure.initCause(e);
    return failure;
  }

  private void initialize(RequestSettings request) {
    ObjectNode params = Json.object().put("protocolVersion", settings.version().toString());
    params.set("capabilities", settings.capabilities());
    params.set("clientInfo", settings.info().toJson());
    TestAnswer answer =
        start("initialize", params, request, TestCall.Mode.PLAIN).answer();
    server = answer.result();
    String agreed = server.path("protocolVersion").textValue();
    if (!settings.version().toString().equals(agreed)) {
      throw faults.failure("The server does not speak " + settings.version() + " but " + agreed);
    }
    ObjectNode initialized = Json.object().put("jsonrpc", "2.0");
    post(initialized.put("method", "notifications/initialized"), request);
    if (settings.logLevel() != null) {
      String level = settings.logLevel().toString();
      start("logging/setLevel", Json.object().put("level", level), request, TestCall.Mode.PLAIN)
          .answer()
          .isResult();
    }
  }

  /** The server's result of {@code server/discover} or {@code initialize}. */
  synchronized ObjectNode server(RequestSettings request) {
    connection(request); // a legacy one has asked
    ObjectNode found = server;
    if (found == null) {
      found = start("server/discover", Json.object(), request.ofClient(), TestCall.Mode.PLAIN)
          .answer()
          .result();
      server = found;
    }
    return found;
  }

  /** Sends a request; returns when later messages will arrive after it. */
  TestCall start(String method, ObjectNode params, RequestSettings request, TestCall.Mode mode) {
    faults.throwFault();
    TestCall call = new TestCall(this, method, params.deepCopy(), request, mode);
    send(call, params.deepCopy());
    call.awaitSent();
    return call;
  }

  /** Sends a call for the first time or again. */
  void send(TestCall call, ObjectNode params) {
    TestTransport.Connection open = connection(call.settings);
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
      faults.addProblems(rules.ofRequest(message), "client's request");
    }
    Map<String, String> fields = fields(message, call.settings);
    CancellationSource disconnection = call.begins(id);
    TestTransport.Outgoing outgoing = new TestTransport.Outgoing(
        message, fields, call.settings.caller(), call.settings.attributes(), disconnection);
    inbox.add(id, call);
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
        faults.add("The server cannot be reached: " + e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      faults.add("The transport failed: " + e);
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
    call.declaring(meta.get(RequestMeta.CLIENT_CAPABILITIES));
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
    TestTransport.Connection open = connection(request);
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
      throw faults.failure("interrupted");
    }
  }

  /** Reports a fault if a message arrives. */
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
      inbox.received(message);
    }
  }

  /**
   * Whether to repeat a request, because the server requires mirrored headers, which the list of
   * tools names.
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

  /**
   * Fails the test if the structured content of a tool is not valid against the schema in the list
   * of tools, which is requested if it is not known yet.
   */
  void checkOutput(String tool, RequestSettings request, JsonNode result) {
    boolean complete = result.path("resultType").asText("complete").equals("complete");
    if (!settings.checked() || !complete || result.path("isError").asBoolean(false)) {
      return;
    }
    if (!outputSchemas.knows(tool) && result.has("structuredContent")) {
      outputSchemas.learn(list("tools/list", "tools", request));
    }
    if (!outputSchemas.problems(tool, result).isEmpty()) { // unless the list has changed
      outputSchemas.learn(list("tools/list", "tools", request));
      faults.throwProblems(outputSchemas.problems(tool, result), "result of tool " + tool);
    }
  }

  /**
   * The structured content of a tool for a record: with the member that names the record of a
   * sealed interface, if the output schema of the tool requires it.
   */
  JsonNode structured(String tool, RequestSettings request, Record content) {
    JsonNode plain = Trees.object(content);
    List<JsonNode> variants = Trees.variants(content);
    if (variants.isEmpty()) {
      return plain;
    }
    if (!outputSchemas.knows(tool)) {
      outputSchemas.learn(list("tools/list", "tools", request));
    }
    if (!outputSchemas.accepts(tool, plain)) {
      for (JsonNode variant : variants) {
        if (outputSchemas.accepts(tool, variant)) {
          return variant;
        }
      }
    }
    return plain;
  }

  /** Fails the test if an answer that is contained in another one breaks the rules. */
  void checkAnswer(String method, JsonNode answer) {
    faults.throwProblems(rules.ofAnswer(method, answer), "result of the task");
  }

  void cancel(JsonNode id, RequestSettings request) {
    ObjectNode message = Json.object().put("jsonrpc", "2.0");
    message.put("method", "notifications/cancelled").putObject("params").set("requestId", id);
    post(message, request);
  }

  /** Starts to receive changes from a legacy server. */
  void listen(RequestSettings request) {
    try {
      connection(request).listen();
    } catch (IOException e) {
      throw unreachable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw faults.failure("interrupted");
    }
  }

  void checkUserAnswer(String method, ObjectNode result) {
    faults.addProblems(rules.ofUserAnswer(method, result), "script's answer");
  }

  void close() {
    TestTransport.Connection open = connectionIfOpen();
    if (open != null) {
      open.close();
    }
    faults.throwUnknownFault();
  }
}
