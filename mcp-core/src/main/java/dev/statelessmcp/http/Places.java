package dev.statelessmcp.http;

import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import java.util.concurrent.Semaphore;

/** How much may go on at once. */
final class Places {
  private final Semaphore places;
  private final String setting;

  Places(int number, String setting) {
    this.places = new Semaphore(number);
    this.setting = setting;
  }

  /** Takes a place, or says that there is none. */
  void enter(RequestId id) throws HttpRefusal {
    if (!places.tryAcquire()) {
      throw full(id, 1, "The server is busy; the setting is " + setting);
    }
  }

  void leave() {
    places.release();
  }

  static HttpRefusal full(RequestId id, int retryAfterSeconds, String message) {
    return new HttpRefusal(
        503,
        HttpHeaders.of("Retry-After", Integer.toString(retryAfterSeconds)),
        new JsonRpcMessage.Failure(id, new JsonRpcError(ErrorCode.INTERNAL_ERROR, message)));
  }
}
