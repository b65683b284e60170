package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import java.util.Objects;

/**
 * A request cannot be served, and it is the client that can mend it: it becomes a JSON-RPC error
 * with this code, message and data. For errors that the model can mend use
 * {@link dev.statelessmcp.tool.ToolException}.
 *
 * <p>It carries no stack trace, since it is part of the protocol and not a failure of the server.
 */
public final class McpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient JsonRpcError error;

  /**
   * An error without data.
   *
   * @param code one of {@link ErrorCode}, or a code of your own outside -32768 to -32000
   * @param message one sentence for the client; not null
   */
  public McpException(int code, String message) {
    this(code, message, null);
  }

  /**
   * An error with data.
   *
   * @param code one of {@link ErrorCode}, or a code of your own outside -32768 to -32000
   * @param message one sentence for the client; not null
   * @param data more about it; may be null
   */
  public McpException(int code, String message, JsonNode data) {
    super(Objects.requireNonNull(message, "message"), null, false, false);
    this.error = new JsonRpcError(code, message, data);
  }

  /**
   * An invalid parameter.
   *
   * @param message what is wrong, with the place, such as {@code params.name is required}
   * @return an exception with code -32602
   */
  public static McpException invalidParams(String message) {
    return new McpException(ErrorCode.INVALID_PARAMS, "Invalid params: " + message);
  }

  /**
   * The error as it goes to the client.
   *
   * @return code, message and data
   */
  public JsonRpcError error() {
    return error;
  }
}
