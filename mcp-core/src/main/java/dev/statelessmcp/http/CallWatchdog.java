package dev.statelessmcp.http;

import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.subscription.Registration;
import org.jspecify.annotations.Nullable;

/**
 * Watches a request while its handler runs: sends heartbeats to the client, and answers with an
 * error when the request has timed out.
 */
final class CallWatchdog implements Runnable {
  private final JsonRpcPayload payload;
  private final ReplyExchange exchange;
  private final HttpReply reply;
  private final @Nullable Registration heartbeat; // null if the client would not receive it
  private final Registration expiry;

  CallWatchdog(JsonRpcPayload payload, ReplyExchange exchange, HttpReply reply) {
    this.payload = payload;
    this.exchange = exchange;
    this.reply = reply;
    heartbeat = reply.isLive() ? reply.every(exchange::beat) : null;
    expiry = reply.expiry().onCancel(this);
  }

  /** Answers a request that has timed out. */
  @Override
  public void run() {
    JsonRpcError late = new JsonRpcError(
        ErrorCode.INTERNAL_ERROR, "Timeout: the call took longer than " + reply.timeLimit());
    exchange.expire(Json.write(JsonRpcCodec.failures(payload, late)));
  }

  void end() {
    expiry.close();
    if (heartbeat != null) {
      heartbeat.close();
    }
  }
}
