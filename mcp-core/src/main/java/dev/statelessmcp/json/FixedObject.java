package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object that does not change and keeps its text: a long list of tools is written by copying the
 * texts of its tools. A copy by {@code deepCopy} is an ordinary object. Thread-safe.
 */
@SuppressWarnings("unchecked") // of ObjectNode.deepCopy, reported for each subclass
final class FixedObject extends ObjectNode {
  private static final long serialVersionUID = 1L;

  private transient volatile byte @Nullable [] text;
  private transient volatile byte @Nullable [] digest;

  FixedObject(ObjectNode object) {
    super(Json.NODES, members(object));
  }

  private static Map<String, JsonNode> members(ObjectNode object) {
    Map<String, JsonNode> members = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      members.put(member.getKey(), member.getValue());
    }
    return members;
  }

  /** The text in UTF-8, which must not be changed. */
  byte[] text() {
    byte @Nullable [] known = text;
    if (known == null) {
      known = new TreeWriter().write(deepCopy());
      text = known;
    }
    return known;
  }

  /** The SHA-256 digest of the text, which must not be changed. */
  byte[] digest() {
    byte @Nullable [] known = digest;
    if (known == null) {
      known = EntityTag.digest(text());
      digest = known;
    }
    return known;
  }
}
