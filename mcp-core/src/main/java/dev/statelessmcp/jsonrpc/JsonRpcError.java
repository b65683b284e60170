package dev.statelessmcp.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The {@code error} member of a JSON-RPC response. Immutable if {@code data} is not changed.
 *
 * @param code the kind of error, such as -32602 for invalid params
 * @param message one sentence for the peer; not null, and without names of classes
 * @param data details of the error; null if there are none
 */
public record JsonRpcError(
    int code, String message, @Nullable JsonNode data) {

  /**
   * Creates an error without data.
   *
   * @param code the kind of error, such as -32602 for invalid params
   * @param message one sentence for the peer; not null, and without names of classes
   */
  public JsonRpcError(int code, String message) {
    this(code, message, null);
  }
}
