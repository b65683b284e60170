package dev.statelessmcp.engine;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.intercept.RequestLine;
import dev.statelessmcp.json.Json;
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
  /** Bounds what a client can write into the log. */
  private static final int MAX_NAME = 128;

  private static final JsonRpcError WITHOUT_REFERENCE =
      new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error");

  private InternalErrors() {}

  static JsonRpcError report(
      Attributes attributes, String method, @Nullable String name, Throwable failure) {
    try {
      String reference = UUID.randomUUID().toString().substring(0, 8);
      FailureLog.log(
          attributes, "ref " + reference + ": " + what(method, name) + " failed", failure);
      return new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error (ref " + reference + ")");
    } catch (Throwable e) { // no room for a log line, say: the answer must not be lost too
      return WITHOUT_REFERENCE;
    }
  }

  /** A client chooses both: the method of a request that an interceptor failed on, and the name. */
  private static String what(String method, @Nullable String name) {
    String what = Json.printable(method, MAX_NAME);
    return name == null || method.startsWith("tasks/") // the id may be all that protects a task
        ? what
        : what + " " + Json.printable(RequestLine.withoutSecrets(name), MAX_NAME);
  }
}
