package dev.statelessmcp.jsonrpc;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if a text is not JSON or not a JSON-RPC message. {@link #failure()} is the answer to send,
 * unless the message is a notification or a response. It has no stack trace, because the fault is
 * in the peer's message.
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
  private final transient @Nullable RequestId id;

  /** Whether there is a method. */
  private final boolean hasMethod;

  /** Whether there is a method and no id. */
  private final boolean notification;

  /** Whether there is a result or an error, and no method. */
  private final boolean response;

  /** Creates an exception for a text that cannot be a JSON-RPC message. */
  MalformedMessageException(int code, String message) {
    this(code, message, null, null, false, false, false);
  }

  /**
   * Creates an exception for an object with an id that is neither a notification nor a response.
   */
  MalformedMessageException(int code, String message, @Nullable RequestId id, boolean hasMethod) {
    this(code, message, id, id, hasMethod, false, false);
  }

  private MalformedMessageException(
      int code,
      String message,
      @Nullable RequestId id,
      @Nullable RequestId answeredId,
      boolean hasMethod,
      boolean notification,
      boolean response) {
    super(message, null, false, false);
    this.failure = new JsonRpcMessage.Failure(answeredId, new JsonRpcError(code, message));
    this.id = id;
    this.hasMethod = hasMethod;
    this.notification = notification;
    this.response = response;
  }

  static MalformedMessageException notification(int code, String message) {
    return new MalformedMessageException(code, message, null, null, true, true, false);
  }

  static MalformedMessageException response(String message, @Nullable RequestId id) {
    return new MalformedMessageException(INVALID_REQUEST, message, id, null, false, false, true);
  }

  /** Creates an exception for a text that is not JSON, and seems to have an id and no method. */
  static MalformedMessageException unreadable(String message, @Nullable RequestId id) {
    return new MalformedMessageException(PARSE_ERROR, message, id, null, false, false, false);
  }

  /**
   * Returns whether the message is a notification, to which "the Server MUST NOT reply" (JSON-RPC
   * 2.0, 4.1). Over HTTP the client gets only a status.
   *
   * @return true if there is a method and no id
   */
  public boolean isNotification() {
    return notification;
  }

  /**
   * Returns whether the message is a response, which is never answered: an answer would have an id
   * that no request of the peer has. Over HTTP the client gets only a status.
   *
   * @return true if there is a result or an error, and no method
   */
  public boolean isResponse() {
    return response;
  }

  /**
   * Returns whether the message is known to have a method. An object with an id and neither a
   * method nor a result may be either a request or a response: serializers leave out a result that
   * is undefined. {@code LegacyConnection.receive} decides by the id.
   *
   * @return false for responses, and for a text that is not a JSON object
   */
  public boolean hasMethod() {
    return hasMethod;
  }

  /**
   * Returns the id of the message. For a text that is not JSON it is a guess, which
   * {@link #failure()} does not use: the string after the first {@code "id"}, if there is no
   * {@code "method"}.
   *
   * @return the id; null if none can be read
   */
  public @Nullable RequestId id() {
    return id;
  }

  /**
   * Returns whether {@link #failure()} must be sent.
   *
   * @return false for notifications and responses
   */
  public boolean isAnswered() {
    return !notification && !response;
  }

  /**
   * Returns the answer to send if {@link #isAnswered()}, and otherwise what is wrong.
   *
   * @return a failure with the id of the request if that could be read; never null
   */
  public JsonRpcMessage.Failure failure() {
    return failure;
  }
}
