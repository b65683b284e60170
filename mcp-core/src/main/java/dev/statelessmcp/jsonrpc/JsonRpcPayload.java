package dev.statelessmcp.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * The content of one frame of a transport: a message, or a batch of messages, which MCP revisions
 * 2024-11-05 and 2025-03-26 have.
 */
public sealed interface JsonRpcPayload permits JsonRpcMessage, JsonRpcPayload.Batch {

  /**
   * A JSON-RPC batch. Its elements have not been checked, because one that is malformed must not
   * fail the others; read each with {@link JsonRpcCodec#message}.
   *
   * @param elements the elements as received; not null, at least one
   */
  record Batch(List<JsonNode> elements) implements JsonRpcPayload {

    /**
     * Creates a batch with a copy of the list.
     *
     * @param elements the elements as received; not null, at least one
     */
    public Batch {
      elements = List.copyOf(elements);
    }

    /**
     * Returns whether each element is a response, valid or not, so that the batch is never
     * answered.
     *
     * @return false if there is anything else
     */
    public boolean hasOnlyResponses() {
      for (JsonNode element : elements) {
        if (!JsonRpcCodec.isResponse(element)) {
          return false;
        }
      }
      return true;
    }
  }
}
