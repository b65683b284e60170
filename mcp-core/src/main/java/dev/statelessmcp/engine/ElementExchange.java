package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The exchange of one request of a batch: that of the batch, with a separate cancellation if there
 * is a connection.
 */
final class ElementExchange implements Exchange {
  private final Exchange batch;
  private final CancellationSource own = new CancellationSource();
  private final Registration ofBatch;

  ElementExchange(Exchange batch, RequestId id) {
    this.batch = batch;
    ofBatch = batch.cancellation().onCancel(own::cancel);
    LegacyConnection connection = batch.connection().orElse(null);
    if (connection != null && !connection.begin(own, id)) {
      own.cancel();
    }
  }

  void end() {
    ofBatch.close();
    batch.connection().ifPresent(connection -> connection.end(own));
  }

  /** Whether the client cancelled only this request, which is then not answered. */
  boolean isCancelledAlone() {
    return own.isCancelled() && !batch.cancellation().isCancelled();
  }

  @Override
  public Cancellation cancellation() {
    return own;
  }

  @Override
  public void send(JsonRpcMessage.Notification notification) {
    if (!own.isCancelled()) {
      own.uninterrupted(() -> batch.send(notification));
    }
  }

  @Override
  public JsonRpcMessage.Response request(String method, ObjectNode params, Cancellation call)
      throws InterruptedException {
    return batch.request(method, params, call);
  }

  @Override
  public List<String> requiredScopes() {
    return batch.requiredScopes();
  }

  @Override
  public RequestMeta legacyClient() {
    return batch.legacyClient();
  }

  @Override
  public Optional<LegacyConnection> connection() {
    return batch.connection();
  }

  @Override
  public boolean isLive() {
    return batch.isLive();
  }

  @Override
  public Cancellation ending() {
    return batch.ending();
  }

  @Override
  public Caller caller() {
    return batch.caller();
  }

  @Override
  public Attributes attributes() {
    return batch.attributes();
  }

  @Override
  public Optional<Instant> deadline() {
    return batch.deadline();
  }

  @Override
  public Map<String, List<String>> headers() {
    return batch.headers();
  }

  @Override
  public String transport() {
    return batch.transport();
  }
}
