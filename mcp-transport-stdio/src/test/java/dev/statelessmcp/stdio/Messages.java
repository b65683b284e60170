package dev.statelessmcp.stdio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the messages of a client. Ids, arguments and metadata are JSON text. */
final class Messages {
  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
      .build();

  private static final String MODERN_META =
      "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"test\",\"version\":\"1\"},"
          + "\"io.modelcontextprotocol/clientCapabilities\":{}";

  private Messages() {}

  static String initialize(String id, String version) {
    return request(
        id,
        "initialize",
        "{\"protocolVersion\":\""
            + version
            + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}");
  }

  static String ping(String id) {
    return request(id, "ping", "{}");
  }

  static String legacyCall(String id, String tool, String arguments) {
    return call(id, tool, arguments, "");
  }

  static String modernCall(String id, String tool, String arguments) {
    return call(id, tool, arguments, MODERN_META);
  }

  static String modernCallWithProgress(String id, String tool, String token) {
    return call(id, tool, "{}", MODERN_META + ",\"progressToken\":" + token);
  }

  private static String call(String id, String tool, String arguments, String meta) {
    return request(
        id,
        "tools/call",
        "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + ",\"_meta\":{" + meta + "}}");
  }

  private static String request(String id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\""
        + method
        + "\",\"params\":"
        + params
        + "}";
  }

  static String cancelled(String id) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":"
        + id
        + ",\"reason\":\"test\"}}";
  }

  /** What makes a request one of the modern era. */
  static ObjectNode modernMeta() {
    return (ObjectNode) parse("{" + MODERN_META + "}");
  }

  static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON message: " + json, e);
    }
  }

  /** The text of a tool's answer. */
  static String text(JsonNode response) {
    JsonNode text = response.at("/result/content/0/text");
    if (!text.isTextual()) {
      throw new AssertionError("no answer of a tool: " + response);
    }
    return text.textValue();
  }
}
