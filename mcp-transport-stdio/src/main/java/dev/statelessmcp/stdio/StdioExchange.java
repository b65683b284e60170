package dev.statelessmcp.stdio;

import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.transport.Cancellation;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyClient;

/** One request being served over a pipe. */
final class StdioExchange implements Exchange {
  private final Connection connection;
  private final Cancellation cancellation = new Cancellation();

  // Guarded by this
  private boolean ended;

  StdioExchange(Connection connection) {
    this.connection = connection;
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
