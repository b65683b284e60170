package dev.statelessmcp.jetty;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/**
 * An HTTP answer.
 *
 * @param status the status code
 * @param headers by lower case name; several of one name are joined by commas
 * @param body as text; null if it was not read
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  public String header(String name) {
    return headers.get(name);
  }

  public static JsonNode parse(String json) {
    try {
      return MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new AssertionError("no JSON: " + json, e);
    }
  }

  /** The message of an answer that must be JSON. */
  public JsonNode json() {
    if (!"application/json".equals(header("content-type"))) {
      throw new AssertionError("no JSON: " + this);
    }
    return parse(body);
  }

  /** The code of the error that the answer must be. */
  public int error() {
    JsonNode json = json();
    JsonNode code = json.at("/error/code");
    if (!"2.0".equals(json.path("jsonrpc").textValue())
        || !code.isInt()
        || !json.at("/error/message").isTextual()) {
      throw new AssertionError("no JSON-RPC error: " + this);
    }
    return code.intValue();
  }

  public String errorMessage() {
    error();
    return json().at("/error/message").textValue();
  }

  /** The text of the tool's answer that this must be. */
  public String text() {
    return text(json());
  }

  public static String text(JsonNode message) {
    JsonNode text = message.at("/result/content/0/text");
    if (!text.isTextual()) {
      throw new AssertionError("no answer of a tool: " + message);
    }
    return text.textValue();
  }
}
