package dev.statelessmcp.http;

import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Limits concurrent calls. Thread-safe. */
final class CallLimit {
  private int free;
  private final String setting;

  CallLimit(int number, String setting) {
    this.free = number;
    this.setting = setting;
  }

  /** Takes a place, or refuses the request if there is none. */
  void enter(@Nullable RequestId id) throws HttpRefusal {
    if (!take()) {
      throw full(id, 1, "The server is busy; the setting is " + setting);
    }
  }

  private synchronized boolean take() {
    if (free == 0) {
      return false;
    }
    free--;
    return true;
  }

  synchronized void leave() {
    free++;
  }

  static HttpRefusal full(@Nullable RequestId id, int retryAfterSeconds, String message) {
    return new HttpRefusal(
        503,
        HttpHeaders.of("Retry-After", Integer.toString(retryAfterSeconds)),
        new JsonRpcMessage.Failure(id, new JsonRpcError(ErrorCode.INTERNAL_ERROR, message)));
  }
}
