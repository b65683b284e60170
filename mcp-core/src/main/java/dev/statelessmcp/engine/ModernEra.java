package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.CacheHint;
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
import dev.statelessmcp.transport.Exchange;
import java.util.List;

/**
 * 2026-07-28: every request has its metadata.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic">Base Protocol</a>
 */
final class ModernEra implements ProtocolEra {

  @Override
  public Era era() {
    return Era.MODERN;
  }

  /**
   * "A request missing any required field is malformed; the server MUST reject it with JSON-RPC
   * error code -32602." The version is checked first, because the other requirements depend on it.
   */
  @Override
  public RequestMeta readMeta(JsonRpcMessage.Request request, Exchange exchange) {
    JsonNode node = Params.get(request.params(), "_meta");
    if (!(node instanceof ObjectNode meta)) {
      throw McpException.invalidParams(
          node == null ? "params._meta is required" : "params._meta must be an object");
    }
    ProtocolVersion version = readVersion(meta);
    JsonNode capabilities = required(meta, RequestMeta.CLIENT_CAPABILITIES);
    if (!(capabilities instanceof ObjectNode declared)) {
      throw invalid(RequestMeta.CLIENT_CAPABILITIES, "must be an object");
    }
    Implementation client = null;
    JsonNode info = Params.get(meta, RequestMeta.CLIENT_INFO);
    if (info != null) {
      client = Implementation.from(info).orElse(null);
      if (client == null) {
        throw invalid(RequestMeta.CLIENT_INFO, "must have a name and a version");
      }
    }
    JsonNode level = Params.get(meta, RequestMeta.LOG_LEVEL);
    LogLevel logLevel = level == null ? null : LogLevel.of(level.textValue()).orElse(null);
    if (level != null && logLevel == null) {
      throw invalid(RequestMeta.LOG_LEVEL, "must be one of " + List.of(LogLevel.values()));
    }
    RequestMeta read =
        RequestMeta.of(version, new ClientCapabilities(declared), meta).clientInfo(client);
    return logLevel == null ? read : read.logLevel(logLevel);
  }

  private static ProtocolVersion readVersion(ObjectNode meta) {
    JsonNode node = required(meta, RequestMeta.PROTOCOL_VERSION);
    if (!node.isTextual()) {
      throw invalid(RequestMeta.PROTOCOL_VERSION, "must be a string");
    }
    ProtocolVersion version = ProtocolVersion.of(node.textValue()).orElse(null);
    if (version == null || version.era() != Era.MODERN) {
      ObjectNode data = Json.object();
      data.set("supported", supportedVersions());
      data.set("requested", node);
      throw new McpException(
          ErrorCode.UNSUPPORTED_PROTOCOL_VERSION, "Unsupported protocol version", data);
    }
    return version;
  }

  private static JsonNode required(ObjectNode meta, String key) {
    JsonNode node = Params.get(meta, key);
    if (node == null) {
      throw invalid(key, "is required");
    }
    return node;
  }

  private static McpException invalid(String key, String what) {
    return McpException.invalidParams("params._meta[\"" + key + "\"] " + what);
  }

  /** The supported versions, without legacy ones, which {@code initialize} negotiates. */
  private static ArrayNode supportedVersions() {
    ArrayNode versions = Json.array();
    for (ProtocolVersion version : ProtocolVersion.of(Era.MODERN)) {
      versions.add(version.toString());
    }
    return versions;
  }

  static ObjectNode discover(ServedRequest call) {
    ServerDefinition server = call.server();
    ObjectNode result = Json.object();
    result.set("supportedVersions", supportedVersions());
    ObjectNode capabilities = Capabilities.of(server, call.exchange().isLive());
    Capabilities.addExtensions(server, true, capabilities);
    result.set("capabilities", capabilities);
    if (server.instructions() != null) {
      result.put("instructions", server.instructions());
    }
    return result;
  }

  @Override
  public Asker asker(ServedRequest call, Asks asks) {
    return new RoundTripAsker(call, call.server(), asks);
  }

  @Override
  public ObjectNode inputRequired(InputRequired required, ServedRequest call) {
    return RoundTripAsker.result(required, call, call.server());
  }

  /** "servers MUST return a JSON-RPC error with code -32602". */
  @Override
  public McpException resourceNotFound(String uri) {
    ObjectNode data = Json.object().put("uri", uri);
    return new McpException(ErrorCode.INVALID_PARAMS, "Resource not found", data);
  }

  @Override
  public ObjectNode seal(ServedRequest call, ObjectNode result) {
    ServerDefinition server = call.server();
    if (!result.has("resultType")) {
      result.put("resultType", "complete");
    }
    boolean complete = "complete".equals(result.path("resultType").textValue());
    if (complete && call.info() != null && call.info().cacheable() && !result.has("ttlMs")) {
      server.cacheHints().getOrDefault(call.method(), CacheHint.NONE).addTo(result);
    }
    ObjectNode params = call.params();
    if (complete && (params.hasNonNull("inputResponses") || params.hasNonNull("requestState"))) {
      // Such results "MUST NOT be cached, as they depend on inputs that are not part of the cache
      // key". A ttlMs without cacheScope is not a hint: it may be the time to live of a task
      if (result.has("cacheScope")) {
        CacheHint.NONE.addTo(result);
      }
    }
    result.withObjectProperty("_meta").set(RequestMeta.SERVER_INFO, server.infoJson());
    return result;
  }
}
