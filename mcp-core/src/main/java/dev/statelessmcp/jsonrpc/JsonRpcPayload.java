package dev.statelessmcp.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What one frame of a transport holds: a message, or in the oldest revisions a batch of them. */
public sealed interface JsonRpcPayload permits JsonRpcMessage, JsonRpcPayload.Batch {

  /**
   * A JSON-RPC batch. Its elements are unread, since one that is malformed must not spoil the
   * others.
   *
   * @param elements the elements as they came, at least one
   */
  record Batch(List<JsonNode> elements) implements JsonRpcPayload {

    /**
     * Keeps an unmodifiable copy of the list.
     *
     * @param elements the elements as they came, at least one
     */
    public Batch {
      elements = List.copyOf(elements);
    }
  }
}
