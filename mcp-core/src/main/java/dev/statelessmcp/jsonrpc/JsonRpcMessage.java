package dev.statelessmcp.jsonrpc;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One JSON-RPC 2.0 message. Immutable as long as the trees inside are left alone. */
public sealed interface JsonRpcMessage extends JsonRpcPayload {

  /**
   * A message that is to be answered.
   *
   * @param id names the request in the answer; not null
   * @param method what is asked for; not null
   * @param params its parameters; an empty object if the message has none
   */
  record Request(RequestId id, String method, ObjectNode params) implements JsonRpcMessage {}

  /**
   * A message without an answer.
   *
   * @param method what happened; not null
   * @param params more about it; an empty object if the message has none
   */
  record Notification(String method, ObjectNode params) implements JsonRpcMessage {}

  /** The answer to a request. */
  sealed interface Response extends JsonRpcMessage {

    /**
     * Which request is answered.
     *
     * @return its id; null in a failure whose request could not be read
     */
    RequestId id();
  }

  /**
   * The answer to a request that succeeded.
   *
   * @param id which request is answered; not null
   * @param result the answer; not null
   */
  record Result(RequestId id, ObjectNode result) implements Response {}

  /**
   * The answer to a request that failed.
   *
   * @param id which request is answered; null if it could not be read
   * @param error what went wrong; not null
   */
  record Failure(RequestId id, JsonRpcError error) implements Response {}
}
