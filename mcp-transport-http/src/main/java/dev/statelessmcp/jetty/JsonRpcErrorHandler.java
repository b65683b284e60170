package dev.statelessmcp.jetty;

import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.ErrorCode;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Writes Jetty's own errors, such as for headers that are too large, as JSON-RPC errors. */
final class JsonRpcErrorHandler extends ErrorHandler {
  private static final String JSON = "application/json";

  private final McpHandler handler;

  JsonRpcErrorHandler(McpHandler handler) {
    this.handler = handler;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      Throwable cause,
      Callback callback) {
    String title = HttpStatus.getMessage(status);
    boolean says = message != null && !message.isBlank() && !message.equals(title);
    handler.refused(request, status, error(status, says ? message : null));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
    response.write(true, ByteBuffer.wrap(body(error(status, null))), callback);
  }

  /** {@inheritDoc} True for every method. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  static byte[] body(JsonRpcError error) {
    return JsonRpcCodec.write(new JsonRpcMessage.Failure(null, error));
  }

  /** The error of a status; the reason may be null. */
  static JsonRpcError error(int status, @Nullable String why) {
    int code = status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL_ERROR;
    String title = HttpStatus.getMessage(status);
    return new JsonRpcError(code, why == null ? title : title + ": " + why);
  }
}
