package dev.statelessmcp.http;

import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;

/**
 * Chooses the HTTP status of JSON-RPC errors. The legacy revisions answer every well-formed request
 * with 200; the modern one has a status for each refusal by the protocol, for intermediaries.
 */
final class StatusRules {

  private StatusRules() {}

  /**
   * The status of an answer.
   *
   * @param refused true if the request was refused before its handler ran
   */
  static int status(Era era, boolean refused, JsonRpcMessage.Response answer) {
    return refused && answer instanceof JsonRpcMessage.Failure failure
        ? ofRefusal(era, failure)
        : ofAnswer(era, answer);
  }

  /**
   * The status of a request that was refused before its handler ran.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#protocol-version-header">"it
   *     MUST respond with 404 Not Found and a JSON-RPC error with code -32601"</a>
   */
  static int ofRefusal(Era era, JsonRpcMessage.Failure failure) {
    if (era == Era.LEGACY) {
      return 200;
    }
    return failure.error().code() == ErrorCode.METHOD_NOT_FOUND ? 404 : 400;
  }

  /** The status of an answer that a handler gave. */
  static int ofAnswer(Era era, JsonRpcMessage.Response response) {
    if (response instanceof JsonRpcMessage.Result) {
      return 200;
    }
    JsonRpcMessage.Failure failure = (JsonRpcMessage.Failure) response;
    if (failure.error().code() == ErrorCode.RATE_LIMITED) {
      return 429;
    }
    boolean capabilityMissing =
        failure.error().code() == ErrorCode.MISSING_REQUIRED_CLIENT_CAPABILITY;
    return era == Era.MODERN && capabilityMissing ? 400 : 200;
  }
}
