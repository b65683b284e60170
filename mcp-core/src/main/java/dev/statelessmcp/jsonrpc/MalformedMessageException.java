package dev.statelessmcp.jsonrpc;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a text is not JSON or not a JSON-RPC message. {@link #failure()} is the answer to send.
 * It has no stack trace, because the fault is in the peer's message.
 */
public final class MalformedMessageException extends Exception {
  private static final long serialVersionUID = 1L;

  /** JSON-RPC's "Parse error". */
  static final int PARSE_ERROR = -32700;

  /** JSON-RPC's "Invalid Request". */
  static final int INVALID_REQUEST = -32600;

  /** JSON-RPC's "Invalid params". */
  static final int INVALID_PARAMS = -32602;

  private final transient JsonRpcMessage.Failure failure;

  /** Whether there is a method and no id. */
  private final boolean notification;

  MalformedMessageException(int code, String message, @Nullable RequestId id) {
    this(code, message, id, false);
  }

  MalformedMessageException(
      int code, String message, @Nullable RequestId id, boolean notification) {
    super(message, null, false, false);
    this.failure = new JsonRpcMessage.Failure(id, new JsonRpcError(code, message));
    this.notification = notification;
  }

  /**
   * Returns whether the message is a notification, to which "the Server MUST NOT reply" (JSON-RPC
   * 2.0, 4.1). Over HTTP only its status tells the client.
   *
   * @return true if there is a method and no id
   */
  public boolean isNotification() {
    return notification;
  }

  /**
   * Returns the answer to send.
   *
   * @return a failure with the id of the request if that could be read; never null
   */
  public JsonRpcMessage.Failure failure() {
    return failure;
  }
}
