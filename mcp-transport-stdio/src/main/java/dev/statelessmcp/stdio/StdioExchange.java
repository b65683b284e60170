package dev.statelessmcp.stdio;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyConnection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request that is being served over a pipe. */
final class StdioExchange implements Exchange {
  private final Connection connection;
  private final CancellationSource cancellation = new CancellationSource();

  // Guarded by this
  private boolean answered;
  private boolean lasts;
  private @Nullable StdioCall placed; // null if it needs no place
  private boolean hasPlace;
  private boolean ended;
  private int asking;

  StdioExchange(Connection connection) {
    this.connection = connection;
  }

  @Override
  public String transport() {
    return "stdio";
  }

  @Override
  public void initialized(RequestMeta client) {
    connection.initialized(client);
    connection.startChanges();
  }

  @Override
  public Optional<LegacyConnection> connection() {
    return Optional.of(connection);
  }

  /** Asks the client; meanwhile another call has the place. */
  @Override
  public JsonRpcMessage.Response request(String method, ObjectNode params, Cancellation call)
      throws InterruptedException {
    leavePlace();
    try {
      return connection.ask(method, params, call, this::write);
    } finally {
      takePlaceAgain();
    }
  }

  /** Records that the call has a place. */
  synchronized void takePlace(StdioCall call) {
    placed = call;
    hasPlace = true;
  }

  private void leavePlace() {
    StdioCall call;
    synchronized (this) {
      asking++;
      call = placed;
      if (!hasPlace || call == null) {
        return;
      }
      hasPlace = false;
    }
    connection.leavePlace(call);
  }

  /** Takes the place again; a handler may ask several questions at once from several threads. */
  private void takePlaceAgain() throws InterruptedException {
    StdioCall call;
    synchronized (this) {
      asking--;
      call = placed;
      if (asking > 0 || ended || hasPlace || call == null) {
        return;
      }
    }
    try {
      connection.calls().resume(call);
    } finally {
      connection.executeWaiting();
    }
    synchronized (this) {
      if (!ended && !hasPlace) {
        hasPlace = true;
        return;
      }
    }
    connection.leavePlace(call);
  }

  /** Ends the call; returns whether it still has a place. */
  synchronized boolean endPlace() {
    ended = true;
    boolean had = hasPlace;
    hasPlace = false;
    return had;
  }

  @Override
  public boolean isLive() {
    return true;
  }

  /** Only long-lived requests ask for it. */
  @Override
  public synchronized Cancellation ending() {
    lasts = true;
    return connection.ending();
  }

  @Override
  public CancellationSource cancellation() {
    return cancellation;
  }

  /** For a cancelled request "MUST NOT send any further messages". */
  private boolean isOver() {
    return answered || cancellation.isCancelled();
  }

  @Override
  public void send(JsonRpcMessage.Notification notification) {
    cancellation.uninterrupted(() -> writeUnlessOver(notification));
  }

  private synchronized void writeUnlessOver(JsonRpcMessage.Notification notification) {
    if (!isOver()) {
      connection.writeNow(notification);
    }
  }

  private void write(JsonRpcMessage message) {
    cancellation.uninterrupted(() -> connection.writeNow(message));
  }

  /** Writes the answer, unless the client has cancelled the request. */
  void answer(JsonRpcMessage.Response response) {
    answer(JsonRpcCodec.write(response));
  }

  synchronized void answer(byte[] json) {
    if (!isOver()) {
      answered = true;
      connection.write(json);
    }
  }

  /** Removes the call from those that can be cancelled. */
  void close() {
    connection.end(cancellation);
  }

  /**
   * Ends a subscription with a response and a cancellation.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/cancellation">"A
   *     server MUST send notifications/cancelled referencing a subscriptions/listen request ID when
   *     it tears down that subscription stream"</a>
   */
  synchronized void answerSubscription(JsonRpcMessage.Response response) {
    boolean tornDown = !isOver()
        && lasts
        && response instanceof JsonRpcMessage.Result
        && connection.ending().isCancelled();
    answer(response); // first: some clients treat a cancellation without a response as a failure
    if (tornDown) {
      ObjectNode params = Json.object();
      params.set("requestId", response.id().toJson());
      params.put("reason", "The server is stopping");
      connection.writeNow(new JsonRpcMessage.Notification("notifications/cancelled", params));
    }
  }
}
