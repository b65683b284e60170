package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.ClientCapabilities;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyConnection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * 2024-11-05 to 2025-11-25: {@code initialize} negotiates the metadata, which a transport with
 * connections stores.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle">Lifecycle</a>
 */
final class LegacyEra implements ProtocolEra {

  @Override
  public Era era() {
    return Era.LEGACY;
  }

  @Override
  public RequestMeta readMeta(JsonRpcMessage.Request request, Exchange exchange) {
    RequestMeta client = exchange.legacyClient();
    ObjectNode meta =
        request.params().get("_meta") instanceof ObjectNode object ? object : Json.object();
    // Without a connection that stores logging/setLevel, all messages from info on are sent
    LegacyConnection connection = exchange.connection().orElse(null);
    LogLevel level = connection == null ? LogLevel.INFO : connection.logLevel();
    return RequestMeta.of(client.version(), client.clientCapabilities(), meta)
        .clientInfo(client.clientInfo().orElse(null))
        .logLevel(level);
  }

  static ObjectNode setLevel(ServedRequest call) {
    LogLevel level = LogLevel.of(call.params().path("level").textValue()).orElse(null);
    if (level == null) {
      throw McpException.invalidParams("params.level must be one of " + List.of(LogLevel.values()));
    }
    call.exchange().connection().ifPresent(connection -> connection.setLogLevel(level));
    return Json.object();
  }

  static ObjectNode subscribe(ServedRequest call) throws Exception {
    LegacyConnection connection = session(call);
    String uri = Params.text(call.params(), "uri");
    Caller caller = call.exchange().caller();
    if (!ResourceMethods.isKnown(call.server(), uri, caller)) {
      throw call.wire().resourceNotFound(uri);
    }
    List<String> scopes = ResourceMethods.requiredScopes(call.server(), uri, caller);
    call.server().scopes().require(scopes, call.exchange());
    if (!connection.subscribe(uri)) {
      throw McpException.invalidParams(
          "a connection may have at most " + LegacyConnection.MAX_SUBSCRIPTIONS
              + " subscriptions, and " + LegacyConnection.MAX_SUBSCRIPTION_CHARACTERS
              + " characters in their URIs");
    }
    return Json.object();
  }

  static ObjectNode unsubscribe(ServedRequest call) {
    LegacyConnection connection = session(call);
    connection.unsubscribe(Params.text(call.params(), "uri"));
    return Json.object();
  }

  private static LegacyConnection session(ServedRequest call) {
    LegacyConnection connection = call.exchange().connection().orElse(null);
    if (connection == null) {
      throw new McpException(
          ErrorCode.METHOD_NOT_FOUND, "Method not found: " + call.method() + " needs a session");
    }
    return connection;
  }

  /**
   * "If the server supports the requested protocol version, it MUST respond with the same version.
   * Otherwise, the server MUST respond with another protocol version it supports", which is never
   * the modern one, because that has no {@code initialize}.
   */
  static ObjectNode initialize(ServedRequest call) {
    ServerDefinition server = call.server();
    ObjectNode params = call.params();
    JsonNode requested = Params.get(params, "protocolVersion");
    if (requested == null || !requested.isTextual()) {
      throw McpException.invalidParams(
          "params.protocolVersion " + (requested == null ? "is required" : "must be a string"));
    }
    JsonNode declared = params.path("capabilities");
    if (!declared.isObject() && !declared.isNull()) {
      throw McpException.invalidParams("params.capabilities "
          + (declared.isMissingNode() ? "is required" : "must be an object"));
    }
    ObjectNode capabilities = declared instanceof ObjectNode object ? object : Json.object();
    Implementation info = Implementation.from(params.get("clientInfo")).orElse(null);
    if (info == null) {
      throw McpException.invalidParams("params.clientInfo must have a name and a version");
    }
    ProtocolVersion version = ProtocolVersion.of(requested.textValue()).orElse(null);
    if (version == null || version.era() != Era.LEGACY) {
      version = ProtocolVersion.NEWEST_LEGACY;
    }
    call.exchange()
        .initialized(RequestMeta.of(version, new ClientCapabilities(capabilities), Json.object())
            .clientInfo(info));
    ObjectNode result = Json.object().put("protocolVersion", version.toString());
    boolean pushes = call.exchange().connection().isPresent();
    ObjectNode offered = Capabilities.of(server, pushes);
    Capabilities.addExtensions(server, false, offered);
    result.set("capabilities", offered);
    result.set("serverInfo", server.info().toJson());
    if (server.instructions() != null) {
      result.put("instructions", server.instructions());
    }
    return result;
  }

  @Override
  public Asker asker(ServedRequest call, Asks asks) {
    return new DirectAsker(call, asks);
  }

  @Override
  public ObjectNode inputRequired(InputRequired required, ServedRequest call) {
    throw new IllegalStateException("runs of this era do not end with a question");
  }

  @Override
  public McpException resourceNotFound(String uri) {
    ObjectNode data = Json.object().put("uri", uri);
    return new McpException(ErrorCode.LEGACY_RESOURCE_NOT_FOUND, "Resource not found", data);
  }

  /**
   * {@inheritDoc} Removes the members of the modern era, and wraps structured content in an object.
   */
  @Override
  public ObjectNode seal(ServedRequest call, ObjectNode result) throws Exception {
    switch (call.request().method()) {
      case "resources/read" -> result.remove(List.of("ttlMs", "cacheScope"));
      case "tools/list" -> wrapSchemas((ArrayNode) result.get("tools"));
      case "prompts/get" -> {
        for (JsonNode message : result.path("messages")) {
          String text = unknown(message.path("content"), call.meta().version());
          if (text != null) {
            ((ObjectNode) message).set("content", TextContent.of(text).toJson());
          }
        }
      }
      case "tools/call" -> {
        replaceUnknown(result.get("content"), call);
        JsonNode structured = result.get("structuredContent");
        if (structured != null && isWrapped(structured, call)) {
          result.set("structuredContent", Json.object().set(WRAPPER, structured));
        }
      }
      default -> {}
    }
    return result;
  }

  private static final String WRAPPER = "result";

  /** Whether a value is wrapped: if its schema is, or without a schema if it is not an object. */
  private static boolean isWrapped(JsonNode structured, ServedRequest call) throws Exception {
    Tool tool = call.tool();
    JsonNode schema = tool == null ? null : tool.toJson().get("outputSchema");
    if (schema == null) {
      return !structured.isObject();
    }
    boolean already = call.hasSealed() && structured.size() == 1 && structured.has(WRAPPER);
    return !isOfObject(schema) && !already;
  }

  private static boolean isOfObject(JsonNode schema) {
    return "object".equals(schema.path("type").textValue());
  }

  private static void wrapSchemas(ArrayNode tools) {
    for (int i = 0; i < tools.size(); i++) {
      if (tools.get(i).get("outputSchema") instanceof ObjectNode schema && !isOfObject(schema)) {
        ObjectNode tool = ((ObjectNode) tools.get(i)).deepCopy();
        tool.set("outputSchema", wrapped(schema.deepCopy(), tool.get("name").textValue()));
        tools.set(i, tool);
      }
    }
  }

  /** Wraps a schema; it gets an id, so that its references still have the same targets. */
  private static ObjectNode wrapped(ObjectNode schema, String tool) {
    ObjectNode wrapper = Json.object();
    JsonNode dialect = schema.get("$schema");
    if (dialect != null) {
      wrapper.set("$schema", dialect);
    }
    String id = dialect != null && dialect.asText().contains("draft-04") ? "id" : "$id";
    if (!schema.has(id) && Json.text(schema).contains("\"#")) {
      schema.put(id, "urn:stateless-mcp:output:" + tool);
    }
    wrapper.put("type", "object").putObject("properties").set(WRAPPER, schema);
    wrapper.putArray("required").add(WRAPPER);
    return wrapper;
  }

  /** Replaces content that the revision does not have by a text that describes it. */
  private static void replaceUnknown(JsonNode content, ServedRequest call) {
    ProtocolVersion version = call.meta().version();
    if (content instanceof ArrayNode pieces) {
      for (int i = 0; i < pieces.size(); i++) {
        String text = unknown(pieces.get(i), version);
        if (text != null) {
          pieces.set(i, TextContent.of(text).toJson());
        }
      }
    }
  }

  /** The replacement of a content block; null if the revision has its type. */
  private static @Nullable String unknown(JsonNode piece, ProtocolVersion version) {
    String type = piece.path("type").asText();
    if (type.equals("audio") && version.compareTo(ProtocolVersion.V2025_03_26) < 0) {
      return "[audio of type " + piece.path("mimeType").asText() + "]";
    }
    if (type.equals("resource_link") && version.compareTo(ProtocolVersion.V2025_06_18) < 0) {
      return piece.path("name").asText() + ": " + piece.path("uri").asText();
    }
    return null;
  }
}
