package dev.statelessmcp.engine;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.transport.FailureLog;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Our own failures: the log gets everything, the peer a reference by which it is found there. A
 * class of its own so that logging is loaded only when there is something to log.
 */
final class InternalErrors {
  private InternalErrors() {}

  static JsonRpcError report(
      Attributes attributes, String method, @Nullable String name, Throwable failure) {
    String reference = UUID.randomUUID().toString().substring(0, 8);
    FailureLog.log(
        attributes,
        "ref " + reference + ": " + method + (name == null ? "" : " " + name) + " failed",
        failure);
    return new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error (ref " + reference + ")");
  }
}
