package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.jetty.McpHandler;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.stdio.StdioTransport;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** The other snippets of the README. */
final class ToolSnippets {

  private ToolSnippets() {}

  enum Unit {
    CELSIUS,
    FAHRENHEIT
  }

  record Place(@Description("City, or city and country") String city, Optional<Unit> unit) {}

  record Weather(double temperature, List<String> warnings) {}

  static Tool typed() {
    return Tool.of(
        "weather", "The weather at a place", Place.class, Weather.class, (place, call) -> {
          if (place.city().isBlank()) {
            throw new ToolException("Which city? Say its name."); // the model reads this
          }
          call.progress(1, 2, "asking the weather service"); // only if the client wants it
          return new Weather(21.5, List.of());
        });
  }

  static Tool byHand() {
    return Tool.ofSchema(
        "search",
        "Finds documents",
        """
        {
          "type": "object",
          "properties": {"query": {"type": "string", "minLength": 3}},
          "required": ["query"]
        }
        """,
        (arguments, call) ->
            ToolResult.text("nothing about " + arguments.get("query").asText()));
  }

  static void stdio(McpServer server) {
    StdioTransport.of(server).run();
  }

  static void mounted(McpServer server, ContextHandlerCollection routes) {
    StreamableHttp endpoint = StreamableHttp.builder(server).path("/mcp").build();
    routes.addHandler(new ContextHandler(new McpHandler(endpoint), "/echo")); // → /echo/mcp
  }

  static StreamableHttp authenticated(McpServer server, String token) {
    Authenticator bearer = request -> {
      String credentials = request.headers().get("Authorization").orElse("");
      return ("Bearer " + token).equals(credentials)
          ? Authenticator.accepted(Caller.of("ann", "echo:read"))
          : Authenticator.unauthorized("Bearer");
    };
    return StreamableHttp.builder(server).path("/mcp").authenticator(bearer).build();
  }
}
