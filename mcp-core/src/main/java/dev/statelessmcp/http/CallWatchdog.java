package dev.statelessmcp.http;

import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.subscription.Registration;
import org.jspecify.annotations.Nullable;

/**
 * Watches a request while its handler runs: sends a waiting client signs of life, and answers with
 * a timeout when the time is up.
 */
final class CallWatchdog implements Runnable {
  private final JsonRpcPayload payload;
  private final ReplyExchange exchange;
  private final HttpReply reply;
  private final @Nullable Registration heartbeat; // null where no client would notice
  private final Registration expiry;

  CallWatchdog(JsonRpcPayload payload, ReplyExchange exchange, HttpReply reply) {
    this.payload = payload;
    this.exchange = exchange;
    this.reply = reply;
    heartbeat = reply.isLive() ? reply.every(exchange::beat) : null;
    expiry = reply.expiry().onCancel(this);
  }

  /** The time is up. */
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
