package dev.statelessmcp.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown to end a request with a JSON-RPC error, for errors that the client can correct. For errors
 * that the model can correct, use {@link dev.statelessmcp.tool.ToolException}. It has no stack
 * trace.
 */
public final class McpException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient JsonRpcError error;
  /** The HTTP status; 0 if none is set. */
  private final int httpStatus;

  private final transient Map<String, String> httpHeaders;

  /**
   * Creates an error without data.
   *
   * @param code one of {@link ErrorCode}, or another code outside -32768 to -32000
   * @param message one sentence for the client; not null
   */
  public McpException(int code, String message) {
    this(code, message, null);
  }

  /**
   * Creates an error with data.
   *
   * @param code one of {@link ErrorCode}, or another code outside -32768 to -32000
   * @param message one sentence for the client; not null
   * @param data details of the error; may be null
   */
  public McpException(int code, String message, @Nullable JsonNode data) {
    this(new JsonRpcError(code, Objects.requireNonNull(message, "message"), data), 0, Map.of());
  }

  private McpException(JsonRpcError error, int httpStatus, Map<String, String> httpHeaders) {
    super(error.message(), null, false, false);
    this.error = error;
    this.httpStatus = httpStatus;
    this.httpHeaders = Map.copyOf(httpHeaders);
  }

  /**
   * Creates an error for an invalid parameter.
   *
   * @param message what is wrong and where, such as {@code params.name is required}
   * @return an exception with code -32602
   */
  public static McpException invalidParams(String message) {
    return new McpException(ErrorCode.INVALID_PARAMS, "Invalid params: " + message);
  }

  /**
   * Creates an error for an extension that a request needs and its client did not declare.
   *
   * @param id the identifier of the extension
   * @return an exception with code -32021 and {@code data.requiredCapabilities}
   */
  public static McpException missingExtension(String id) {
    ObjectNode data = Json.object();
    data.putObject("requiredCapabilities").putObject("extensions").putObject(id);
    return new McpException(
        ErrorCode.MISSING_REQUIRED_CLIENT_CAPABILITY,
        "The client did not declare the extension " + id,
        data);
  }

  /**
   * Creates an error for capabilities that a request needs and its client did not declare.
   *
   * @param required the capabilities in the form in which clients declare them, such as
   *     {@code {"elicitation":{"form":{}}}}; not null, must not be changed later
   * @return an exception with code -32021 and {@code data.requiredCapabilities}
   */
  public static McpException missingCapability(ObjectNode required) {
    ObjectNode data = Json.object();
    data.set("requiredCapabilities", Objects.requireNonNull(required, "required"));
    return new McpException(
        ErrorCode.MISSING_REQUIRED_CLIENT_CAPABILITY,
        "The client did not declare a capability that this request needs",
        data);
  }

  /**
   * Sets a status and headers for HTTP transports.
   *
   * @param status the status code, such as 429
   * @param headers header fields by name
   * @return a new exception
   */
  public McpException http(int status, Map<String, String> headers) {
    return new McpException(error, status, headers);
  }

  /**
   * The HTTP status.
   *
   * @return 0 if none is set
   */
  public int httpStatus() {
    return httpStatus;
  }

  /**
   * The HTTP headers.
   *
   * @return unmodifiable
   */
  public Map<String, String> httpHeaders() {
    return httpHeaders;
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
