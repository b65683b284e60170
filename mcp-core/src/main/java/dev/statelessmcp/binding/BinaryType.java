package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Bytes, as a Base64 string. */
final class BinaryType implements JsonType<byte[]> {

  @Override
  public ObjectNode schema() {
    return Json.object().put("type", "string").put("contentEncoding", "base64");
  }

  @Override
  public byte @Nullable [] read(JsonNode node, String place, Problems problems) {
    if (!node.isTextual()) {
      return ScalarType.mismatch(node, "Base64", place, problems);
    }
    try {
      return Base64.getDecoder().decode(node.textValue());
    } catch (IllegalArgumentException e) {
      problems.add(place, "must be Base64");
      return null;
    }
  }

  @Override
  public JsonNode write(byte[] value, String place, Problems problems) {
    return Json.NODES.textNode(Base64.getEncoder().encodeToString(value));
  }
}
