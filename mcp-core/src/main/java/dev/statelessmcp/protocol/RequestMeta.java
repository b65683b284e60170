package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.jsonrpc.RequestId;
import java.util.Optional;

/**
 * What a request says about itself and its client, whichever era it came from. Immutable as long as
 * the trees inside are left alone.
 *
 * @param version the revision that the request is served by; not null
 * @param clientInfo the client's software, if it is known
 * @param clientCapabilities what the client declared; not null
 * @param logLevel the lowest level of log messages that the client wants for this request; empty if
 *     it wants none
 * @param json the request's {@code _meta} as it came, an empty object if there was none
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#meta">_meta</a>
 */
public record RequestMeta(
    ProtocolVersion version,
    Optional<Implementation> clientInfo,
    ClientCapabilities clientCapabilities,
    Optional<LogLevel> logLevel,
    ObjectNode json) {

  /** The key of the version of a modern request. */
  public static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";

  /** The key of the client's name and version. */
  public static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";

  /** The key of the client's capabilities. */
  public static final String CLIENT_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

  /** The key of the lowest level of log messages that the client wants for this request. */
  public static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";

  /** The key of the server's name and version, in the {@code _meta} of results. */
  public static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

  /**
   * The token by which the client asks for progress.
   *
   * @return a string or number; null if the client did not ask
   */
  public JsonNode progressToken() {
    JsonNode token = json.get("progressToken");
    return RequestId.from(token) == null ? null : token; // both are a string or an integer
  }

  /**
   * Whether {@code _meta} has one of the keys that only a modern request has.
   *
   * @param meta the {@code _meta} of a request; may be null
   * @return true if it has
   */
  public static boolean isModern(JsonNode meta) {
    return meta != null
        && (meta.has(PROTOCOL_VERSION)
            || meta.has(CLIENT_INFO)
            || meta.has(CLIENT_CAPABILITIES)
            || meta.has(LOG_LEVEL));
  }
}
