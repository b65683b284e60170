package dev.statelessmcp.transport;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.input.UnansweredException;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.RequestMeta;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The services of a transport for one message that is being served. Every method has a default for
 * a transport without that service, so {@code new Exchange() {}} is a complete implementation.
 *
 * <p>An exchange serves one call, possibly from several threads.
 */
public interface Exchange {

  /**
   * Sends a notification that belongs to the request being served. The transport may drop it if it
   * cannot send before the answer. Must not block for long, and must not throw if the client has
   * disconnected.
   *
   * @param notification the notification; not null
   */
  default void send(JsonRpcMessage.Notification notification) {}

  /**
   * The metadata of a client of the legacy era. Not called for modern requests.
   *
   * @return by default that of the connection; never null
   */
  default RequestMeta legacyClient() {
    LegacyConnection connection = connection().orElse(null);
    return connection == null ? RequestMeta.UNKNOWN : connection.client();
  }

  /**
   * Tells the transport the metadata that {@code initialize} has negotiated. By default the
   * connection stores it.
   *
   * @param client the metadata; not null
   */
  default void initialized(RequestMeta client) {
    LegacyConnection connection = connection().orElse(null);
    if (connection != null) {
      connection.initialized(client);
    }
  }

  /**
   * The connection of a request of the legacy era. Not called for modern requests.
   *
   * @return the connection; empty over stateless HTTP
   */
  default Optional<LegacyConnection> connection() {
    return Optional.empty();
  }

  /**
   * Whether notifications reach the client when they are sent.
   *
   * @return false if they are buffered until the answer
   */
  default boolean isLive() {
    return false;
  }

  /**
   * Sends the client a request that belongs to this one, and waits for its answer. Only legacy
   * connections can.
   *
   * @param method the method of the request, such as {@code elicitation/create}; not null
   * @param params the parameters; not null
   * @param call the cancellation of the call that asks; ends the wait; not null
   * @return the answer; a failure if the client cannot be asked
   * @throws InterruptedException if the call is cancelled
   * @throws UnansweredException if the answer is not valid, or does not come in time
   */
  default JsonRpcMessage.Response request(String method, ObjectNode params, Cancellation call)
      throws InterruptedException {
    return new JsonRpcMessage.Failure(
        null,
        new JsonRpcError(
            ErrorCode.INTERNAL_ERROR, "The transport cannot send requests to the client"));
  }

  /**
   * Sets the HTTP status and headers of the answer. Ignored if the transport is not HTTP, or the
   * answer has begun.
   *
   * @param status the status code
   * @param headers header fields by name; not null
   */
  default void answerWith(int status, Map<String, String> headers) {}

  /**
   * The name of the transport, for interceptors.
   *
   * @return by default {@code memory}
   */
  default String transport() {
    return "memory";
  }

  /**
   * Cancelled when the server is about to stop: a long-lived request then ends in order. Called
   * only for long-lived requests.
   *
   * @return never null
   */
  default Cancellation ending() {
    return new CancellationSource();
  }

  /**
   * The caller of the request.
   *
   * @return the caller; never null
   */
  default Caller caller() {
    return Caller.ANONYMOUS;
  }

  /**
   * The scopes that every request on the transport needs, in addition to those of the item that it
   * uses.
   *
   * @return immutable; by default none; never null
   */
  default List<String> requiredScopes() {
    return List.of();
  }

  /**
   * The {@code WWW-Authenticate} header that tells a caller which scopes a request needs.
   *
   * @param scopes all of them; not null
   * @return by default a challenge of RFC 6750 with only the scopes; never null
   */
  default String scopeChallenge(List<String> scopes) {
    return "Bearer error=\"insufficient_scope\", scope=\"" + String.join(" ", scopes) + "\"";
  }

  /**
   * The cancellation of the request, which the transport cancels if the client no longer waits for
   * the answer. The core calls it once per request.
   *
   * @return never null
   */
  default Cancellation cancellation() {
    return new CancellationSource();
  }

  /**
   * The time by which the request must be answered.
   *
   * @return the deadline, if the transport has one
   */
  default Optional<Instant> deadline() {
    return Optional.empty();
  }

  /**
   * The HTTP headers of the request.
   *
   * @return values by lower case name; empty if the transport is not HTTP
   */
  default Map<String, List<String>> headers() {
    return Map.of();
  }

  /**
   * Further attributes of the request. The server uses three types: {@link TraceContext} is the
   * trace if the request has none (its {@code xray} takes precedence over the header), an
   * {@link Observer} watches the operation outside the server's interceptors and replaces its
   * request log, and a {@link FailureLog} logs internal errors.
   *
   * @return never null
   */
  default Attributes attributes() {
    return Attributes.NONE;
  }
}
