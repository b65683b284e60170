package dev.statelessmcp.jsonrpc;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The {@code error} member of a JSON-RPC response. Immutable as long as {@code data} is left alone.
 *
 * @param code what kind of error it is
 * @param message one sentence for whoever reads it; not null, and without names of classes
 * @param data more about it, or null
 */
public record JsonRpcError(int code, String message, JsonNode data) {

  /**
   * An error without data.
   *
   * @param code what kind of error it is
   * @param message one sentence for whoever reads it; not null
   */
  public JsonRpcError(int code, String message) {
    this(code, message, null);
  }
}
