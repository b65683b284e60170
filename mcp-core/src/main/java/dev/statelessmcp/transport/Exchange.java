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
 * One message being served: what the transport supplies to the core. Every method has a default
 * that fits a transport which cannot do that thing, so {@code new Exchange() {}} is a complete one.
 *
 * <p>Implementations are used by one call, but possibly from several of its threads.
 */
public interface Exchange {

  /**
   * Sends a notification that belongs to the request being served. It may be dropped if the
   * transport cannot send before the answer; it never blocks for long and never throws because the
   * peer is gone.
   *
   * @param notification what to send; not null
   */
  default void send(JsonRpcMessage.Notification notification) {}

  /**
   * What is known of a client of the legacy era; not asked for modern requests.
   *
   * @return by default what the connection knows; never null
   */
  default RequestMeta legacyClient() {
    LegacyConnection connection = connection().orElse(null);
    return connection == null ? RequestMeta.UNKNOWN : connection.client();
  }

  /**
   * Tells the transport what {@code initialize} agreed on. By default the connection remembers it.
   *
   * @param client the client; not null
   */
  default void initialized(RequestMeta client) {
    LegacyConnection connection = connection().orElse(null);
    if (connection != null) {
      connection.initialized(client);
    }
  }

  /**
   * The connection of the legacy era that the request came on, where there is one.
   *
   * @return the connection; empty over stateless HTTP, and not asked for modern requests
   */
  default Optional<LegacyConnection> connection() {
    return Optional.empty();
  }

  /**
   * Whether notifications reach the client when they are sent, for as long as the exchange lasts.
   *
   * @return false where answers are collected, and the client sees nothing before the end
   */
  default boolean isLive() {
    return false;
  }

  /**
   * Sends the client a request that belongs to this one, and waits for its answer. Only legacy
   * connections carry such requests.
   *
   * @param method what to ask for, such as {@code elicitation/create}; not null
   * @param params the parameters; not null
   * @param call the cancellation of the call that asks; ends the wait; not null
   * @return the answer; a failure if the client cannot be asked
   * @throws InterruptedException if the call is cancelled
   * @throws UnansweredException if the answer is not valid, or does not come in time
   */
  default JsonRpcMessage.Response request(String method, ObjectNode params, Cancellation call)
      throws InterruptedException {
    return new JsonRpcMessage.Failure(
        null, new JsonRpcError(ErrorCode.INTERNAL_ERROR, "the transport carries no requests"));
  }

  /**
   * Chooses the HTTP status and headers of the answer. Ignored where there is no HTTP, or the
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
   * Cancelled when the server is about to end: what would last for long is to end in order.
   *
   * @return asked of long-lived requests alone; never null
   */
  default Cancellation ending() {
    return new CancellationSource();
  }

  /**
   * Who makes the request.
   *
   * @return the caller; never null
   */
  default Caller caller() {
    return Caller.ANONYMOUS;
  }

  /**
   * The scopes that every request on the transport needs, beside those of what it uses.
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
   * @return by default a challenge of RFC 6750 with no more than the scopes; never null
   */
  default String scopeChallenge(List<String> scopes) {
    return "Bearer error=\"insufficient_scope\", scope=\"" + String.join(" ", scopes) + "\"";
  }

  /**
   * Whether anybody still waits for the answer. The core asks once per request.
   *
   * @return what the transport cancels; never null
   */
  default Cancellation cancellation() {
    return new CancellationSource();
  }

  /**
   * When the answer must be there.
   *
   * @return the deadline, if the transport has one
   */
  default Optional<Instant> deadline() {
    return Optional.empty();
  }

  /**
   * The HTTP headers of the request.
   *
   * @return values by lower case name; empty where there is no HTTP
   */
  default Map<String, List<String>> headers() {
    return Map.of();
  }

  /**
   * What else the transport knows about the request. Some types have a meaning for the server:
   * {@link TraceContext} is the trace where the request itself has none (its {@code xray} takes
   * precedence over the header), an {@link Observer} watches the operation before the server's
   * interceptors and in place of its request log, and {@link FailureLog} takes internal failures.
   *
   * @return never null
   */
  default Attributes attributes() {
    return Attributes.NONE;
  }
}
