package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.RequestId;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a request and its client, the same in both eras: revision, client, capabilities,
 * log level, {@code _meta}. Immutable, provided that the tree of {@link #json()} is not changed.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic#meta">_meta</a>
 */
public final class RequestMeta {

  /** The key of the revision of a modern request. */
  public static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";

  /** The key of the client's name and version. */
  public static final String CLIENT_INFO = "io.modelcontextprotocol/clientInfo";

  /** The key of the client's capabilities. */
  public static final String CLIENT_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";

  /** The key of the lowest level of log messages that the client wants for this request. */
  public static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";

  /** The key of the server's name and version, in the {@code _meta} of results. */
  public static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

  /** The metadata of a request of an unknown client in the legacy era. */
  public static final RequestMeta UNKNOWN = of(ProtocolVersion.ASSUMED_LEGACY);

  private final ProtocolVersion version;
  private final ClientCapabilities clientCapabilities;
  private final @Nullable Implementation clientInfo;
  private final @Nullable LogLevel logLevel;
  private final ObjectNode json;

  private RequestMeta(
      ProtocolVersion version,
      ClientCapabilities clientCapabilities,
      @Nullable Implementation clientInfo,
      @Nullable LogLevel logLevel,
      ObjectNode json) {
    this.version = Objects.requireNonNull(version, "version");
    this.clientCapabilities = Objects.requireNonNull(clientCapabilities, "clientCapabilities");
    this.clientInfo = clientInfo;
    this.logLevel = logLevel;
    this.json = Objects.requireNonNull(json, "json");
  }

  /**
   * Creates the metadata of an unknown client.
   *
   * @param version the revision that the request is served by; not null
   * @return the metadata, without {@code _meta}
   */
  public static RequestMeta of(ProtocolVersion version) {
    return of(version, ClientCapabilities.NONE, Json.object());
  }

  /**
   * Creates metadata without the client's software and without a log level.
   *
   * @param version the revision that the request is served by; not null
   * @param clientCapabilities the capabilities that the client declared; not null
   * @param json the request's {@code _meta}, an empty object if it has none; not null, must not be
   *     changed
   * @return the metadata
   */
  public static RequestMeta of(
      ProtocolVersion version, ClientCapabilities clientCapabilities, ObjectNode json) {
    return new RequestMeta(version, clientCapabilities, null, null, json);
  }

  /**
   * Sets the name and version of the client.
   *
   * @param newClientInfo the name and version; null if they are not known
   * @return new metadata
   */
  public RequestMeta clientInfo(@Nullable Implementation newClientInfo) {
    return new RequestMeta(version, clientCapabilities, newClientInfo, logLevel, json);
  }

  /**
   * Sets the lowest level of log messages that the client wants for this request.
   *
   * @param newLogLevel the level; null if it wants none
   * @return new metadata
   */
  public RequestMeta logLevel(@Nullable LogLevel newLogLevel) {
    return new RequestMeta(version, clientCapabilities, clientInfo, newLogLevel, json);
  }

  /**
   * The revision that the request is served by.
   *
   * @return never null
   */
  public ProtocolVersion version() {
    return version;
  }

  /**
   * The capabilities that the client declared.
   *
   * @return never null
   */
  public ClientCapabilities clientCapabilities() {
    return clientCapabilities;
  }

  /**
   * The name and version of the client, as it reports them.
   *
   * @return empty if they are not known
   */
  public Optional<Implementation> clientInfo() {
    return Optional.ofNullable(clientInfo);
  }

  /**
   * The lowest level of log messages that the client wants for this request.
   *
   * @return the level; empty if it wants none
   */
  public Optional<LogLevel> logLevel() {
    return Optional.ofNullable(logLevel);
  }

  /**
   * The request's {@code _meta} as it was sent.
   *
   * @return an object that must not be changed; empty if there was none
   */
  public ObjectNode json() {
    return json;
  }

  /**
   * The token by which the client asks for progress notifications.
   *
   * @return a string or an integer; empty if the client did not ask
   */
  public Optional<JsonNode> progressToken() {
    JsonNode token = json.get("progressToken");
    // A token has the form of a request id
    return RequestId.from(token).isPresent() ? Optional.of(token) : Optional.empty();
  }

  /**
   * Whether {@code _meta} has one of the keys that only a modern request has, even with the value
   * null: clients of earlier revisions do not know these keys.
   *
   * @param meta the {@code _meta} of a request; may be null
   * @return true if it has
   */
  public static boolean isModern(@Nullable JsonNode meta) {
    return meta != null
        && (meta.has(PROTOCOL_VERSION)
            || meta.has(CLIENT_INFO)
            || meta.has(CLIENT_CAPABILITIES)
            || meta.has(LOG_LEVEL));
  }
}
