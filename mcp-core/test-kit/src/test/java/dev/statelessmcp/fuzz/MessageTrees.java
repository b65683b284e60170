package dev.statelessmcp.fuzz;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a message is, as another parser than the library's reads it. */
final class MessageTrees {
  private static final JsonMapper MAPPER = JsonMapper.builder(
          com.fasterxml.jackson.core.JsonFactory.builder()
              .streamReadConstraints(StreamReadConstraints.builder()
                  .maxNumberLength(1_000_000)
                  .maxNestingDepth(1_000)
                  .build())
              .build())
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
      .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
      .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .build();

  private MessageTrees() {}

  /** The tree of a text; null if it is not JSON. */
  static JsonNode parsed(byte[] bytes) {
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      JsonNode node = MAPPER.readTree(text.startsWith("\ufeff") ? text.substring(1) : text);
      return node.isMissingNode() ? null : node;
    } catch (IOException | NumberFormatException e) { // a number that no program can hold
      return null;
    }
  }

  /** Whether the library may say that it does not read such a text: it has limits. */
  static boolean isBeyondLimits(JsonNode node, int depth) {
    if (depth > 128) {
      return true;
    }
    if (node.isNumber()) {
      String number = node.asText();
      int scale = node.decimalValue().scale();
      return number.length() > 900 || scale > 400 || scale < -200;
    }
    for (JsonNode child : node) {
      if (isBeyondLimits(child, depth + 1)) {
        return true;
      }
    }
    return hasLoneSurrogate(node);
  }

  static boolean isEncodable(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private static boolean hasLoneSurrogate(JsonNode node) {
    for (var member : node.properties()) {
      if (!isEncodable(member.getKey())) {
        return true;
      }
    }
    return false;
  }

  static JsonNode idOf(JsonNode message) {
    JsonNode id = message.get("id");
    boolean valid = id != null
        // An id that could not be repeated exactly is refused
        && ((id.isTextual() && isEncodable(id.textValue()))
            || id.isIntegralNumber()
            || (id.isNumber() && id.decimalValue().stripTrailingZeros().scale() <= 0));
    return valid ? id : null;
  }

  static boolean isRequest(JsonNode message) {
    return isCall(message) && idOf(message) != null;
  }

  static boolean isNotification(JsonNode message) {
    return isCall(message) && lacksId(message);
  }

  /** Serializers that write each member give a notification an id that is null. */
  static boolean lacksId(JsonNode message) {
    boolean none =
        message.path("id").isNull() && message.path("method").asText().startsWith("notifications/");
    return none || !message.has("id");
  }

  private static boolean isCall(JsonNode message) {
    JsonNode params = message.get("params");
    return message.isObject()
        && "2.0".equals(message.path("jsonrpc").textValue())
        && message.path("method").isTextual()
        && !message.hasNonNull("result")
        && !message.hasNonNull("error")
        && (params == null || params.isNull() || params.isObject());
  }

  /** A response, valid or not. */
  static boolean isResponse(JsonNode message) {
    return message.isObject()
        && !message.hasNonNull("method")
        && (message.has("result") || message.has("error"));
  }
}
