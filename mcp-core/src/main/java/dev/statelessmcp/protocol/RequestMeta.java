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
 * log level, {@code _meta}. Immutable as long as the tree of {@link #json()} is not changed.
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

  /** The metadata of a request in the legacy era by a client of which nothing is known. */
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
   * Metadata of a client of which only the revision is known.
   *
   * @param version the revision that the request is served by; not null
   * @return the metadata, without {@code _meta}
   */
  public static RequestMeta of(ProtocolVersion version) {
    return of(version, ClientCapabilities.NONE, Json.object());
  }

  /**
   * Metadata of an unknown client that wants no log messages.
   *
   * @param version the revision that the request is served by; not null
   * @param clientCapabilities the capabilities that the client declared; not null
   * @param json the request's {@code _meta}, an empty object if it has none; not null, not to be
   *     changed
   * @return the metadata
   */
  public static RequestMeta of(
      ProtocolVersion version, ClientCapabilities clientCapabilities, ObjectNode json) {
    return new RequestMeta(version, clientCapabilities, null, null, json);
  }

  /**
   * Sets the client's software.
   *
   * @param newClientInfo its name and version; null if it is not known
   * @return a changed copy
   */
  public RequestMeta clientInfo(@Nullable Implementation newClientInfo) {
    return new RequestMeta(version, clientCapabilities, newClientInfo, logLevel, json);
  }

  /**
   * Sets the lowest level of log messages that the client wants for this request.
   *
   * @param newLogLevel the level; null if it wants none
   * @return a changed copy
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
   * The client's software, as it reports it.
   *
   * @return its name and version; empty if they are not known
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
    // A token has the same form as a request id
    return RequestId.from(token).isPresent() ? Optional.of(token) : Optional.empty();
  }

  /**
   * Whether {@code _meta} has one of the keys that only a modern request has. A key whose value is
   * null counts, since no client of an older revision knows it.
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
