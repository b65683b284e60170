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
 * Internal errors: the log gets the exception, the client only a reference to the log. A separate
 * class, so that logging is loaded only when it is used.
 */
final class InternalErrors {
  /** Limits how much a client can write into the log. */
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

  /** Describes a request; its method and name come from the client and are shortened. */
  private static String what(String method, @Nullable String name) {
    String what = Json.printable(method, MAX_NAME);
    return name == null
        ? what
        : what + " " + Json.printable(RequestLine.withoutSecrets(name), MAX_NAME);
  }
}
