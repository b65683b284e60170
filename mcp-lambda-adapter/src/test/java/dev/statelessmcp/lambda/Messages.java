package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The messages and headers of both eras' clients. JSON is written with single quotes. */
final class Messages {
  private static final String MODERN = "2026-07-28";

  private Messages() {}

  static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text.replace('\'', '"'));
  }

  /** A call of a tool as a client of the legacy era sends it. */
  static ObjectNode call(int id, String tool, String arguments) {
    ObjectNode message = json("{'jsonrpc':'2.0','method':'tools/call'}").put("id", id);
    message.putObject("params").put("name", tool).set("arguments", json(arguments));
    return message;
  }

  /** As a client of 2026-07-28 sends it. */
  static ObjectNode modern(ObjectNode message) {
    ObjectNode meta = message.withObjectProperty("params").withObjectProperty("_meta");
    meta.put("io.modelcontextprotocol/protocolVersion", MODERN);
    meta.putObject("io.modelcontextprotocol/clientCapabilities");
    return message;
  }

  static ObjectNode withProgress(ObjectNode message) {
    message.withObjectProperty("params").withObjectProperty("_meta").put("progressToken", "p");
    return message;
  }

  /** The headers that every client sends, and more. */
  static Map<String, String> headers(String... more) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "api.example.com");
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json, text/event-stream");
    for (int i = 0; i < more.length; i += 2) {
      headers.put(more[i], more[i + 1]);
    }
    return headers;
  }

  /** The headers that go with a call. */
  static Map<String, String> headersOf(JsonNode call) {
    boolean modern =
        call.path("params").path("_meta").has("io.modelcontextprotocol/protocolVersion");
    return modern
        ? headers(
            "MCP-Protocol-Version", MODERN,
            "Mcp-Method", call.get("method").textValue(),
            "Mcp-Name", call.get("params").get("name").textValue())
        : headers();
  }

  /** A call as an event. */
  static ObjectNode event(EventShape shape, ObjectNode call) {
    return shape.event("POST", "/mcp", headersOf(call), Json.text(call));
  }

  /** The message in the body of an answer. */
  static JsonNode body(JsonNode answer) {
    return Json.parse(answer.get("body").textValue());
  }
}
