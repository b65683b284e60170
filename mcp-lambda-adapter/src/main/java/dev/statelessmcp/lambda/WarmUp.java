package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;

/**
 * Has every class and path of a first call loaded and run before there is one.
 *
 * <p>Made-up requests are better than a list of classes: they cannot go stale.
 */
final class WarmUp {
  private static final String MODERN_META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
          + ProtocolVersion.of(dev.statelessmcp.protocol.Era.MODERN).get(0)
          + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

  private WarmUp() {}

  /** The arguments of a tool that stands for all the user's, which are not to be run. */
  record Word(String text) {}

  static void run(McpServer server, LambdaSettings settings) {
    // An authenticator may look things up in the network: it is not asked
    LambdaSettings quiet = settings.path(null).authenticator(Authenticator.NONE);
    EventRouter real = new EventRouter(server, quiet);
    for (String method : new String[] {"server/discover", "tools/list"}) {
      send(real, httpApi(method, "{" + MODERN_META + "}", null));
    }
    send(real, direct("initialize", initialize()));
    EventRouter standIn = new EventRouter(standIn(), quiet);
    String call = "{\"name\":\"warm-up\",\"arguments\":{\"text\":\"é\"}," + MODERN_META + "}";
    send(standIn, httpApi("tools/call", call, "warm-up"));
    send(standIn, restApi("tools/call", call, "warm-up"));
    send(standIn, alb("tools/call", call, "warm-up"));
    send(standIn, direct("tools/call", call));
  }

  private static McpServer standIn() {
    return McpServer.named("warm-up", "1")
        .tool(Tool.of("warm-up", "", Word.class, (word, call) -> ToolResult.text(word.text())))
        .build();
  }

  private static void send(EventRouter router, ObjectNode event) {
    JsonNode answer;
    try {
      answer = router.serve(Json.write(event), failure -> {
        throw new IllegalStateException("the warm-up failed", failure);
      });
    } catch (UnsupportedEventException e) {
      throw new IllegalStateException("the warm-up failed", e);
    }
    String body = answer.has("body") ? answer.get("body").textValue() : Json.text(answer);
    // A server without tools has no tools/list; nothing else may fail
    if (body.contains("\"error\"") && !body.contains("-32601")) {
      throw new IllegalStateException("the warm-up failed: " + body);
    }
  }

  private static String initialize() {
    return "{\"protocolVersion\":\""
        + ProtocolVersion.NEWEST_LEGACY
        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"warm-up\",\"version\":\"1\"}}";
  }

  private static ObjectNode direct(String method, String params) {
    ObjectNode message =
        Json.object().put("jsonrpc", "2.0").put("id", "warm-up").put("method", method);
    message.set("params", Json.parse(params));
    return message;
  }

  private static ObjectNode httpApi(String method, String params, String name) {
    ObjectNode event = event(method, params, name).put("rawPath", "/");
    event.putObject("requestContext").putObject("http").put("method", "POST");
    return event;
  }

  private static ObjectNode restApi(String method, String params, String name) {
    ObjectNode event = event(method, params, name)
        .put("httpMethod", "POST")
        .put("resource", "/")
        .put("path", "/");
    event.putObject("requestContext").put("stage", "warm-up");
    return event;
  }

  private static ObjectNode alb(String method, String params, String name) {
    ObjectNode event = event(method, params, name).put("httpMethod", "POST").put("path", "/");
    event.putObject("requestContext").putObject("elb");
    return event;
  }

  private static ObjectNode event(String method, String params, String name) {
    ObjectNode event = Json.object();
    ObjectNode headers = event.putObject("headers");
    headers.put("host", "warm-up").put("content-type", "application/json");
    headers.put("accept", "application/json, text/event-stream");
    headers.put(
        "mcp-protocol-version",
        ProtocolVersion.of(dev.statelessmcp.protocol.Era.MODERN).get(0).toString());
    headers.put("mcp-method", method);
    if (name != null) {
      headers.put("mcp-name", name);
    }
    return event.put("body", Json.text(direct(method, params))).put("isBase64Encoded", false);
  }
}
