package dev.statelessmcp.http;

import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A request is refused with a status and a JSON-RPC error. It has no stack trace. */
final class HttpRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient HttpHeaders headers;
  private final transient JsonRpcMessage.Failure failure;
  private boolean observed;

  HttpRefusal(int status, HttpHeaders headers, JsonRpcMessage.Failure failure) {
    super(failure.error().message(), null, false, false);
    this.status = status;
    this.headers = headers;
    this.failure = failure;
  }

  /** A refusal by HTTP itself; the error has no id, since no message was read. */
  HttpRefusal(int status, String message) {
    this(status, HttpHeaders.NONE, message);
  }

  HttpRefusal(int status, HttpHeaders headers, String message) {
    this(
        status,
        headers,
        new JsonRpcMessage.Failure(null, new JsonRpcError(ErrorCode.INVALID_REQUEST, message)));
  }

  /** A request that could be read, refused for its headers. */
  static HttpRefusal invalid(int status, @Nullable RequestId id, String message) {
    JsonRpcError error = new JsonRpcError(ErrorCode.INVALID_REQUEST, message);
    return new HttpRefusal(status, HttpHeaders.NONE, new JsonRpcMessage.Failure(id, error));
  }

  /** The headers contradict the body. */
  static HttpRefusal headerMismatch(RequestId id, String message) {
    return new HttpRefusal(
        400,
        HttpHeaders.NONE,
        new JsonRpcMessage.Failure(
            id, new JsonRpcError(ErrorCode.HEADER_MISMATCH, "Header mismatch: " + message)));
  }

  /** A failure of ours, which has been logged. */
  static HttpRefusal internalError() {
    JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error");
    return new HttpRefusal(500, HttpHeaders.NONE, new JsonRpcMessage.Failure(null, error));
  }

  /** The same refusal, which interceptors have seen. */
  HttpRefusal observed() {
    observed = true;
    return this;
  }

  boolean isObserved() {
    return observed;
  }

  int status() {
    return status;
  }

  HttpHeaders headers() {
    return headers;
  }

  JsonRpcMessage.Failure failure() {
    return failure;
  }
}
