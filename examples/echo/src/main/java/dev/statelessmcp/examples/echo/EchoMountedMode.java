package dev.statelessmcp.examples.echo;

import dev.statelessmcp.examples.echo.cli.Options;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.jetty.McpHandler;
import java.net.InetSocketAddress;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.util.Callback;

/** An existing web application, with MCP mounted under {@code /echo}. */
final class EchoMountedMode {

  private EchoMountedMode() {}

  static Server newServer(Options options) {
    StreamableHttp endpoint = StreamableHttp.builder(EchoServer.create())
        .path("/mcp")
        .address(options.host())
        .allowedHosts(options.allowedHosts())
        .allowedOrigins(options.allowedOrigins())
        .authenticator(EchoMain.authenticator())
        .build();
    ContextHandlerCollection routes = new ContextHandlerCollection();
    routes.addHandler(new ContextHandler(new Pages(), "/"));
    routes.addHandler(new ContextHandler(new McpHandler(endpoint), "/echo")); // → /echo/mcp
    Server server = new Server(new InetSocketAddress(options.host(), options.port()));
    server.setHandler(routes);
    return server;
  }

  /** The other pages of the application. */
  private static final class Pages extends Handler.Abstract {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String text = switch (Request.getPathInContext(request)) {
        case "/" -> "A web application with an MCP server at /echo/mcp\n";
        case "/health" -> "ok\n";
        default -> null;
      };
      if (text == null) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      } else {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        Content.Sink.write(response, true, text, callback);
      }
      return true;
    }
  }
}
