package dev.statelessmcp.engine;

import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.protocol.ErrorCode;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.UUID;

/**
 * Our own failures: the log gets everything, the peer a reference by which it is found there. A
 * class of its own so that logging is loaded only when there is something to log.
 */
final class InternalErrors {
  private static final Logger LOG = System.getLogger("dev.statelessmcp");

  private InternalErrors() {}

  static JsonRpcError report(String method, String name, Throwable failure) {
    String reference = UUID.randomUUID().toString().substring(0, 8);
    LOG.log(
        Level.ERROR,
        "ref " + reference + ": " + method + (name == null ? "" : " " + name) + " failed",
        failure);
    return new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error (ref " + reference + ")");
  }
}
