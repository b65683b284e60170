package dev.statelessmcp.jsonrpc;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A JSON-RPC 2.0 message. Immutable and thread-safe if the trees inside are not changed. */
public sealed interface JsonRpcMessage extends JsonRpcPayload {

  /**
   * A message that must be answered.
   *
   * @param id the id that the response repeats; not null
   * @param method the name of the method; not null
   * @param params the parameters; not null, an empty object if the message has none
   */
  record Request(RequestId id, String method, ObjectNode params) implements JsonRpcMessage {}

  /**
   * A message that must not be answered.
   *
   * @param method the name of the event; not null
   * @param params the parameters; not null, an empty object if the message has none
   */
  record Notification(String method, ObjectNode params) implements JsonRpcMessage {}

  /** The answer to a request. */
  sealed interface Response extends JsonRpcMessage {

    /**
     * Returns the id of the request that is answered.
     *
     * @return the id; null in a failure whose request could not be read
     */
    RequestId id();
  }

  /**
   * The answer to a request that succeeded.
   *
   * @param id the id of the request; not null
   * @param result the result; not null
   */
  record Result(RequestId id, ObjectNode result) implements Response {}

  /**
   * The answer to a request that failed.
   *
   * @param id the id of the request; null if it could not be read
   * @param error the error; not null
   */
  record Failure(@Nullable RequestId id, JsonRpcError error) implements Response {}
}
