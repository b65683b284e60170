package dev.statelessmcp.stdio;

import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.transport.Cancellation;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyClient;
import java.util.ArrayList;
import java.util.List;

/** One request being served over a pipe. */
final class StdioExchange implements Exchange {
  private final Connection connection;
  private final RequestId id;
  private final Cancellation cancellation = new Cancellation();
  private final List<StdioExchange> elements = new ArrayList<>(0); // of one thread

  // Guarded by this
  private boolean ended;

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

  /** "MUST NOT send any further messages for it." */
  void cancel() {
    synchronized (this) {
      ended = true;
    }
    cancellation.cancel();
  }
}
