package dev.statelessmcp.transport;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
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
   * What the connection knows of a client of the legacy era; not asked for modern requests.
   *
   * @return the client; never null
   */
  default LegacyClient legacyClient() {
    return LegacyClient.UNKNOWN;
  }

  /**
   * Tells the transport what {@code initialize} agreed upon, for connections that can remember it.
   *
   * @param client the client; not null
   */
  default void initialized(LegacyClient client) {}

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
   * The exchange of one request of a batch, on transports that can cancel it alone.
   *
   * @param request the request; not null
   * @return by default this exchange
   */
  default Exchange element(JsonRpcMessage.Request request) {
    return this;
  }

  /**
   * Whether the client has given up on the request, so that it must not be answered.
   *
   * @return true if it has
   */
  default boolean isAbandoned() {
    return false;
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
   * What else the transport knows about the request. Some types mean something to the core:
   * {@code TraceContext} is the trace where the request itself is silent (its {@code xray} counts
   * before the header), {@code Interceptor} looks at the operation before those of the server do,
   * and {@link FailureLog} takes our own failures.
   *
   * @return never null
   */
  default Attributes attributes() {
    return Attributes.NONE;
  }
}
