package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Thrown to refuse a request with a status and a JSON-RPC error. It has no stack trace. */
final class HttpRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient HttpHeaders headers;
  private final transient JsonRpcMessage.Failure failure;
  private boolean observed;
  private transient @Nullable ObjectNode
      beside; // the body of an answer outside the endpoint; null at the endpoint

  HttpRefusal(int status, HttpHeaders headers, JsonRpcMessage.Failure failure) {
    super(failure.error().message(), null, false, false);
    this.status = status;
    this.headers = headers;
    this.failure = failure;
  }

  /** A refusal by the rules of HTTP; the error has no id, because no message was read. */
  HttpRefusal(int status, String message) {
    this(status, HttpHeaders.NONE, message);
  }

  HttpRefusal(int status, HttpHeaders headers, String message) {
    this(
        status,
        headers,
        new JsonRpcMessage.Failure(null, new JsonRpcError(ErrorCode.INVALID_REQUEST, message)));
  }

  /**
   * A refusal outside the endpoint. Its body is not JSON-RPC: a client that looks for an
   * authorization server expects {@code error} to be a string (RFC 6749, RFC 7591).
   *
   * @param error an error code, such as {@code not_found}
   * @param message the message for logs
   */
  static HttpRefusal beside(int status, HttpHeaders headers, String error, String message) {
    HttpRefusal refusal = new HttpRefusal(status, headers, message);
    refusal.beside = Json.object().put("error", error);
    return refusal;
  }

  /** The same refusal with its message in the body, for users who mistyped the address. */
  HttpRefusal described() {
    if (beside != null) {
      beside.put("error_description", getMessage());
    }
    return this;
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

  /** An internal error, which has been logged. */
  static HttpRefusal internalError() {
    JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error");
    return new HttpRefusal(500, HttpHeaders.NONE, new JsonRpcMessage.Failure(null, error));
  }

  /** The same refusal, marked as seen by interceptors. */
  HttpRefusal observed() {
    observed = true;
    return this;
  }

  boolean isObserved() {
    return observed;
  }

  /** Whether the request is outside the endpoint. */
  boolean isBeside() {
    return beside != null;
  }

  byte[] body() {
    return beside != null ? Json.write(beside) : JsonRpcCodec.write(failure);
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
