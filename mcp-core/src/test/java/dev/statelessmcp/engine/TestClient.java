package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ClientCapabilities;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A client without a wire. JSON is written with single quotes. Not to be shared by threads. */
public final class TestClient {
  /** Everything that was sent before the answers. */
  public final List<JsonRpcMessage.Notification> notifications = new CopyOnWriteArrayList<>();

  /** Ends subscriptions. */
  public final CancellationSource ending = new CancellationSource();

  /** Ends calls. */
  public final CancellationSource cancellation = new CancellationSource();

  private final McpServer server;
  private ProtocolVersion version = ProtocolVersion.V2026_07_28;
  private Caller caller = Caller.ANONYMOUS;
  private String capabilities = "{}";
  private String logLevel;
  private boolean live;
  private TestConnection connection;
  private Map<String, List<String>> headers = Map.of();
  private Consumer<JsonRpcMessage.Notification> onNotification = notification -> {};

  public TestClient(McpServer server) {
    this.server = server;
  }

  public TestClient legacy() {
    version = ProtocolVersion.V2025_11_25;
    return this;
  }

  public TestClient legacy(TestConnection newConnection) {
    connection = newConnection;
    return legacy();
  }

  public TestClient caller(Caller newCaller) {
    caller = newCaller;
    return this;
  }

  public TestClient can(String newCapabilities) {
    capabilities = newCapabilities;
    return this;
  }

  public TestClient logLevel(String level) {
    logLevel = level;
    return this;
  }

  public TestClient headers(Map<String, List<String>> newHeaders) {
    headers = newHeaders;
    return this;
  }

  public TestClient live() {
    live = true;
    return this;
  }

  public TestClient onNotification(Consumer<JsonRpcMessage.Notification> listener) {
    onNotification = listener;
    return this;
  }

  /** JSON with single quotes for double ones. */
  public static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }

  private boolean modern() {
    return version == ProtocolVersion.V2026_07_28;
  }

  /** The whole answer. */
  public JsonNode send(String method, ObjectNode params) {
    ObjectNode all = params.deepCopy();
    if (modern()) {
      ObjectNode meta = all.withObjectProperty("_meta");
      meta.put(RequestMeta.PROTOCOL_VERSION, version.toString());
      meta.set(RequestMeta.CLIENT_CAPABILITIES, json(capabilities));
      if (logLevel != null) {
        meta.put(RequestMeta.LOG_LEVEL, logLevel);
      }
    }
    return JsonRpcCodec.toJson(server.handle(
        new JsonRpcMessage.Request(RequestId.of("id"), method, all), new TestExchange()));
  }

  public JsonNode send(String method, String params) {
    return send(method, json(params));
  }

  /** The result, which must be one. */
  public ObjectNode result(String method, String params) {
    JsonNode answer = send(method, params);
    assertTrue(answer.has("result"), () -> Json.text(answer));
    return (ObjectNode) answer.get("result");
  }

  /** The code of the error, which must be one. */
  public int code(String method, String params) {
    JsonNode answer = send(method, params);
    assertTrue(answer.has("error"), () -> Json.text(answer));
    return answer.get("error").get("code").intValue();
  }

  /** The text of a tool's answer. */
  public String text(String tool, String more) {
    ObjectNode params = json(more);
    params.put("name", tool);
    JsonNode answer = send("tools/call", params);
    assertTrue(answer.path("result").has("content"), () -> Json.text(answer));
    return answer.get("result").get("content").get(0).get("text").textValue();
  }

  private final class TestExchange implements Exchange {
    @Override
    public void send(JsonRpcMessage.Notification notification) {
      notifications.add(notification);
      onNotification.accept(notification);
    }

    @Override
    public RequestMeta legacyClient() {
      return RequestMeta.of(
          modern() ? ProtocolVersion.ASSUMED_LEGACY : version,
          new ClientCapabilities(json(capabilities)),
          Json.object());
    }

    @Override
    public JsonRpcMessage.Response request(String method, ObjectNode params, Cancellation call)
        throws InterruptedException {
      return connection == null
          ? Exchange.super.request(method, params, call)
          : connection.ask(method);
    }

    @Override
    public Optional<LegacyConnection> connection() {
      return Optional.ofNullable(connection);
    }

    @Override
    public boolean isLive() {
      return live;
    }

    @Override
    public Cancellation ending() {
      return ending;
    }

    @Override
    public Cancellation cancellation() {
      return cancellation;
    }

    @Override
    public Caller caller() {
      return caller;
    }

    @Override
    public Map<String, List<String>> headers() {
      return headers;
    }
  }
}
