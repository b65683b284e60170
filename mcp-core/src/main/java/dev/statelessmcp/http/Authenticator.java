package dev.statelessmcp.http;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates each request, before its body is read. Implementations must be thread-safe.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization">Authorization</a>
 */
@FunctionalInterface
public interface Authenticator {

  /** Accepts every request as {@link Caller#ANONYMOUS}. */
  @SuppressWarnings("ClassInitializationDeadlock") // nothing else initializes that class
  Authenticator NONE = new NoAuthenticator();

  /**
   * Authenticates a request by its headers.
   *
   * @param request the request; its body must not be read
   * @return the decision; not null. An exception is answered with status 500
   */
  Decision authenticate(HttpRequest request);

  /**
   * The scopes that every request needs, in addition to those of the tool, prompt or resource that
   * it uses. They are checked after authentication.
   *
   * @return immutable; by default none; never null
   */
  default List<String> requiredScopes() {
    return List.of();
  }

  /**
   * The {@code WWW-Authenticate} header that tells a caller which scopes a request needs. The
   * status is 403.
   *
   * @param request the request, which was accepted; not null
   * @param scopes all required scopes; not null
   * @return by default a challenge of RFC 6750 with only the scopes; never null
   */
  default String scopeChallenge(HttpRequest request, List<String> scopes) {
    return "Bearer error=\"insufficient_scope\", scope=\"" + String.join(" ", scopes) + "\"";
  }

  /**
   * Public documents that clients need to get credentials, which the endpoint also serves; see
   * {@link StreamableHttp.Builder#document}.
   *
   * @return documents by path; by default none; never null
   */
  default Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents() {
    return Map.of();
  }

  /**
   * Prepares for the first request, for example fetches keys. May take a few seconds. Must not
   * throw if a service cannot be reached. Called while a Lambda function initializes, after it was
   * restored from a snapshot, and when an HTTP server starts, which does not wait for it. Does
   * nothing by default.
   */
  default void prepare() {}

  /**
   * Creates the OAuth resource server that environment variables describe; the artifact
   * {@code mcp-oauth} documents the variables.
   *
   * @param environment the variables by name, such as {@code System.getenv()}; not null
   * @return empty if no variable begins with {@code MCP_OAUTH_}
   * @throws IllegalArgumentException if one does, and the artifact is not on the class path or a
   *     value is not valid
   */
  static Optional<Authenticator> fromEnvironment(Map<String, String> environment) {
    for (String name : environment.keySet()) {
      if (name.startsWith("MCP_OAUTH_")) {
        return Optional.of(EnvironmentAuthenticator.of(environment));
      }
    }
    return Optional.empty();
  }

  /**
   * Accepts a request.
   *
   * @param caller the caller; not null
   * @return the decision
   */
  static Decision accepted(Caller caller) {
    return new Decision(Objects.requireNonNull(caller, "caller"), null);
  }

  /**
   * Refuses a request with status 401: credentials are missing or not valid.
   *
   * @param challenge the {@code WWW-Authenticate} header, which a 401 must have, such as
   *     {@code Bearer resource_metadata="https://…"}; not null
   * @return the decision
   */
  static Decision unauthorized(String challenge) {
    Objects.requireNonNull(challenge, "challenge");
    return refused(401, "Unauthorized", HttpHeaders.of("WWW-Authenticate", challenge));
  }

  /**
   * Refuses a request with status 403: the caller is authenticated but not permitted.
   *
   * @param reason a sentence for the client; not null
   * @param challenge a {@code WWW-Authenticate} header, such as {@code Bearer
   *     error="insufficient_scope", scope="…"}; null for none
   * @return the decision
   */
  static Decision forbidden(String reason, @Nullable String challenge) {
    Objects.requireNonNull(reason, "reason");
    HttpHeaders headers =
        HttpHeaders.builder().add("WWW-Authenticate", challenge).build();
    return refused(403, "Forbidden: " + reason, headers);
  }

  /**
   * Refuses a request with any status, such as 400 for malformed credentials, or 503 if they cannot
   * be checked now.
   *
   * @param status the status code, from 400 to 599
   * @param message a sentence for the client; not null
   * @param headers header fields of the answer, such as {@code WWW-Authenticate}; not null
   * @return the decision
   * @throws IllegalArgumentException if the status is not from 400 to 599
   */
  static Decision refused(int status, String message, HttpHeaders headers) {
    if (status < 400 || status > 599) {
      throw new IllegalArgumentException("the status must be from 400 to 599, was " + status);
    }
    int code = status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL_ERROR;
    JsonRpcError error = new JsonRpcError(code, Objects.requireNonNull(message, "message"));
    return new Decision(
        null, new HttpRefusal(status, headers, new JsonRpcMessage.Failure(null, error)));
  }

  /** The decision of an authenticator. Immutable. */
  final class Decision {
    private final @Nullable Caller caller; // null if the request is refused
    private final @Nullable HttpRefusal refusal; // null if it is accepted

    private Decision(@Nullable Caller caller, @Nullable HttpRefusal refusal) {
      this.caller = caller;
      this.refusal = refusal;
    }

    /**
     * The caller of an accepted request.
     *
     * @return empty if the request is refused
     */
    public Optional<Caller> caller() {
      return Optional.ofNullable(caller);
    }

    /** The refusal; null if the request is accepted. */
    @Nullable
    HttpRefusal refusal() {
      return refusal;
    }
  }
}
