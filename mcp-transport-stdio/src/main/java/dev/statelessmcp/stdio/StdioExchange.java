package dev.statelessmcp.stdio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyClient;
import dev.statelessmcp.transport.LegacyConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One request being served over a pipe. */
final class StdioExchange implements Exchange {
  private final Connection connection;
  private final RequestId id;
  private final CancellationSource cancellation = new CancellationSource();
  private final List<StdioExchange> elements = new ArrayList<>(0); // of one thread

  // Guarded by this
  private boolean ended;
  private boolean lasts;

  /** The id is null for a batch, whose requests have exchanges of their own. */
  StdioExchange(Connection connection, RequestId id) {
    this.connection = connection;
    this.id = id;
  }

  RequestId id() {
    return id;
  }

  @Override
  public Exchange element(JsonRpcMessage.Request request) {
    StdioExchange element = connection.begin(request.id());
    elements.add(element);
    return element;
  }

  /** The exchanges of the requests of a batch that have been begun. */
  List<StdioExchange> elements() {
    return elements;
  }

  @Override
  public synchronized boolean isAbandoned() {
    return ended;
  }

  @Override
  public LegacyClient legacyClient() {
    return connection.client();
  }

  @Override
  public void initialized(LegacyClient client) {
    connection.initialized(client);
  }

  @Override
  public Optional<LegacyConnection> connection() {
    return Optional.of(connection);
  }

  @Override
  public boolean isLive() {
    return true;
  }

  /** Asked by what is about to last. */
  @Override
  public synchronized Cancellation ending() {
    lasts = true;
    return connection.ending();
  }

  @Override
  public Cancellation cancellation() {
    return cancellation;
  }

  @Override
  public synchronized void send(JsonRpcMessage.Notification notification) {
    if (!ended) {
      connection.write(notification);
    }
  }

  /** Writes the answer, unless the client has cancelled the request. */
  synchronized void answer(JsonRpcMessage.Response response) {
    if (!ended) {
      ended = true;
      connection.write(response);
    }
  }

  /**
   * Ends a subscription, which the client is told twice.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/cancellation">"A
   *     server MUST send notifications/cancelled referencing a subscriptions/listen request ID when
   *     it tears down that subscription stream"</a>
   */
  synchronized void answerSubscription(JsonRpcMessage.Response response) {
    boolean tornDown = !ended
        && lasts
        && response instanceof JsonRpcMessage.Result
        && connection.ending().isCancelled();
    answer(response); // first, or a client takes the end for a broken one
    if (tornDown) {
      ObjectNode params = Json.object();
      params.set("requestId", response.id().toJson());
      params.put("reason", "The server is ending");
      connection.write(new JsonRpcMessage.Notification("notifications/cancelled", params));
    }
  }

  /** "MUST NOT send any further messages for it." */
  void cancel() {
    synchronized (this) {
      ended = true;
    }
    cancellation.cancel();
  }

  /** Cancels the call without this exchange's monitor, which another thread may hold. */
  void cancelQuietly() {
    cancellation.cancel();
  }
}
