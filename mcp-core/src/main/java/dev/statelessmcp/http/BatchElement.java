package dev.statelessmcp.http;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyClient;
import dev.statelessmcp.transport.LegacyConnection;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One request of a batch in a session, which can be cancelled alone. */
record BatchElement(LegacySessionExchange batch, Cancellation cancellation) implements Exchange {

  @Override
  public boolean isAbandoned() {
    return cancellation.isCancelled();
  }

  @Override
  public void send(JsonRpcMessage.Notification notification) {
    batch.send(notification);
  }

  @Override
  public LegacyClient legacyClient() {
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
}
