package dev.statelessmcp.jetty;

import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.ServerPort;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty itself refuses (headers that are too large, say) is answered in JSON-RPC too. */
final class JsonRpcErrorHandler extends ErrorHandler {
  private static final String JSON = "application/json";

  private final ServerPort port;

  JsonRpcErrorHandler(ServerPort port) {
    this.port = port;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      String message,
      Throwable cause,
      Callback callback) {
    observe(request, status, message);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, JSON);
    response.write(true, ByteBuffer.wrap(body(status)), callback);
  }

  /** Shows interceptors, and the request log, what Jetty has refused. */
  private void observe(Request request, int status, String message) {
    JsonRpcError error = error(status);
    String why = message == null || message.isBlank() || message.equals(error.message())
        ? error.message()
        : error.message() + ": " + message;
    HttpHeaders headers = McpHandler.headers(request);
    port.refused(
        Era.LEGACY, new McpException(error.code(), why).http(status, Map.of()), new Exchange() {
          @Override
          public String transport() {
            return "http";
          }

          @Override
          public Map<String, List<String>> headers() {
            return headers.asMap();
          }
        });
  }

  /** Whatever the method was. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  static byte[] body(int status) {
    return JsonRpcCodec.write(new JsonRpcMessage.Failure(null, error(status)));
  }

  private static JsonRpcError error(int status) {
    int code = status < 500 ? ErrorCode.INVALID_REQUEST : ErrorCode.INTERNAL_ERROR;
    return new JsonRpcError(code, HttpStatus.getMessage(status));
  }
}
