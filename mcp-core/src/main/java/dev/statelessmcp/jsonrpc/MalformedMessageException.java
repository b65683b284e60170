package dev.statelessmcp.jsonrpc;

/**
 * A text is no JSON, or no JSON-RPC message; {@link #failure()} is what to answer. It has no stack
 * trace, since it is the peer's fault and not a place in our code.
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

  MalformedMessageException(int code, String message, RequestId id) {
    this(code, message, id, false);
  }

  MalformedMessageException(int code, String message, RequestId id, boolean notification) {
    super(message, null, false, false);
    this.failure = new JsonRpcMessage.Failure(id, new JsonRpcError(code, message));
    this.notification = notification;
  }

  /**
   * Whether the message is a notification, which "the Server MUST NOT reply" to (JSON-RPC 2.0,
   * 4.1); HTTP still has a status for it.
   *
   * @return true if there is a method and no id
   */
  public boolean isNotification() {
    return notification;
  }

  /**
   * The answer.
   *
   * @return a failure, with the id of the request if that could be read
   */
  public JsonRpcMessage.Failure failure() {
    return failure;
  }
}
