package dev.statelessmcp.engine.era;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.engine.MethodTable;
import dev.statelessmcp.engine.ServerCall;
import dev.statelessmcp.engine.ServerDefinition;
import dev.statelessmcp.engine.ToolMethods;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.ClientCapabilities;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyClient;
import java.util.Optional;

/**
 * 2024-11-05 to 2025-11-25: {@code initialize} agrees on everything, and whether anybody remembers
 * it is the transport's business.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle">Lifecycle</a>
 */
public final class LegacyEra implements ProtocolEra {
  private final ServerDefinition server;
  private final MethodTable methods = new MethodTable();

  /**
   * The era of one server.
   *
   * @param server the server
   * @param tools its tools
   */
  public LegacyEra(ServerDefinition server, ToolMethods tools) {
    this.server = server;
    methods.with("initialize", this::initialize).with("ping", call -> Json.object());
    tools.addTo(methods);
  }

  @Override
  public MethodTable methods() {
    return methods;
  }

  @Override
  public RequestMeta readMeta(JsonRpcMessage.Request request, Exchange exchange) {
    LegacyClient client = exchange.legacyClient();
    ObjectNode meta =
        request.params().get("_meta") instanceof ObjectNode object ? object : Json.object();
    return new RequestMeta(client.version(), client.info(), client.capabilities(), meta);
  }

  /**
   * "If the server supports the requested protocol version, it MUST respond with the same version.
   * Otherwise, the server MUST respond with another protocol version it supports", which is never
   * the modern one, since that has no {@code initialize}.
   */
  private ObjectNode initialize(ServerCall call) {
    ObjectNode params = call.params();
    JsonNode requested = params.get("protocolVersion");
    if (requested == null || !requested.isTextual()) {
      throw McpException.invalidParams(
          "params.protocolVersion " + (requested == null ? "is required" : "must be a string"));
    }
    if (!(params.get("capabilities") instanceof ObjectNode capabilities)) {
      throw McpException.invalidParams("params.capabilities must be an object");
    }
    Implementation info = Implementation.from(params.get("clientInfo"));
    if (info == null) {
      throw McpException.invalidParams("params.clientInfo must have a name and a version");
    }
    ProtocolVersion version = ProtocolVersion.of(requested.textValue()).orElse(null);
    if (version == null || version.era() != Era.LEGACY) {
      version = ProtocolVersion.NEWEST_LEGACY;
    }
    call.exchange()
        .initialized(
            new LegacyClient(version, Optional.of(info), new ClientCapabilities(capabilities)));
    ObjectNode result = Json.object().put("protocolVersion", version.toString());
    result.set("capabilities", server.capabilities());
    result.set("serverInfo", server.info().toJson());
    if (server.instructions() != null) {
      result.put("instructions", server.instructions());
    }
    return result;
  }

  /** Legacy results are the neutral ones. */
  @Override
  public ObjectNode seal(String method, ObjectNode result) {
    return result;
  }
}
