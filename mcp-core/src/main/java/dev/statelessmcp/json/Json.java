package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;

/**
 * Reads and writes {@link JsonNode} trees without an {@code ObjectMapper}.
 *
 * <p>All methods are thread-safe. Do not call {@code JsonNode.toString()} on the path of a request:
 * it creates an {@code ObjectMapper}. Use {@link #text} instead.
 *
 * <pre>{@code
 * ObjectNode point = Json.object().put("x", 1);
 * byte[] utf8 = Json.write(point); // {"x":1}
 * JsonNode read = Json.read(utf8, JsonLimits.DEFAULT);
 * }</pre>
 */
public final class Json {

  /** Creates nodes. Thread-safe. */
  public static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /**
   * Returns an empty object.
   *
   * @return a new, mutable node
   */
  public static ObjectNode object() {
    // Most objects of the protocol have few members: half of the default table is enough
    return new ObjectNode(NODES, new LinkedHashMap<>(8));
  }

  /**
   * Returns an empty array.
   *
   * @return a new, mutable node
   */
  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  /**
   * Reads exactly one JSON value. An unpaired surrogate in a string, which UTF-8 cannot encode,
   * becomes the replacement character U+FFFD.
   *
   * @param utf8 the text, in UTF-8; not null
   * @param limits the size limits; not null
   * @return the tree; never null (JSON {@code null} is read as a {@code NullNode})
   * @throws JsonSyntaxException if the text is not a single JSON value, repeats a member of an
   *     object (JSON readers disagree about which one counts, and a gateway may have acted on the
   *     other one), or exceeds the limits
   */
  public static JsonNode read(byte[] utf8, JsonLimits limits) throws JsonSyntaxException {
    if (utf8.length > limits.maxBytes()) {
      throw new JsonSyntaxException("the text is longer than " + limits.maxBytes() + " bytes");
    }
    return new TreeReader(utf8, limits).document();
  }

  /**
   * Reads exactly one JSON value from the program's own text, such as a schema. Limits nesting to
   * 1,000 levels and nothing else.
   *
   * @param text the text; not null
   * @return the tree; never null
   * @throws IllegalArgumentException if the text is not valid JSON; the message says where
   */
  public static JsonNode parse(String text) {
    try {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return read(utf8, new JsonLimits(Integer.MAX_VALUE, 1000, Integer.MAX_VALUE));
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("not JSON: " + e.getMessage(), e);
    }
  }

  /**
   * Whether an unpaired surrogate of a string was replaced by U+FFFD when it was read.
   *
   * @param text a string that {@link #read} or {@link #parse} returned; not null
   * @return false for other nodes, and for a string that was sent with U+FFFD
   */
  public static boolean hasReplacement(JsonNode text) {
    return text.isTextual() && text.getClass() != TextNode.class; // cold start: no class is loaded
  }

  /**
   * Writes a tree as bytes.
   *
   * @param node the tree; not null, without POJO nodes
   * @return compact JSON in UTF-8, without a line break
   * @throws IllegalArgumentException if JSON cannot represent a value in the tree, or the tree is
   *     nested more than 1,100 levels deep
   */
  public static byte[] write(JsonNode node) {
    return new TreeWriter().write(node);
  }

  /**
   * Writes a tree as text.
   *
   * @param node the tree; not null, without POJO nodes
   * @return compact JSON, without a line break
   * @throws IllegalArgumentException if JSON cannot represent a value in the tree, or the tree is
   *     nested more than 1,100 levels deep
   */
  public static String text(JsonNode node) {
    return new String(write(node), StandardCharsets.UTF_8);
  }

  /**
   * Escapes a text of a peer for a log, so that it cannot forge or hide log lines: line breaks,
   * control characters, characters that change the direction of text, and backslashes are escaped
   * as in Java.
   *
   * @param text the text; not null
   * @param most the maximum number of characters; a longer text is cut and ends with an ellipsis
   * @return the same text if there is nothing to escape or to cut
   */
  public static String printable(String text, int most) {
    int length = Math.min(text.length(), most);
    StringBuilder escaped = null; // null until a character has to be escaped
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (isPrintable(c)) {
        if (escaped != null) {
          escaped.append(c);
        }
      } else {
        if (escaped == null) {
          escaped = new StringBuilder(length + 32).append(text, 0, i);
        }
        escape(c, escaped);
      }
    }
    String kept = escaped != null ? escaped.toString() : text.substring(0, length);
    return length < text.length() ? kept + "…" : kept;
  }

  private static boolean isPrintable(char c) {
    if (c < 0x7f) {
      return c >= ' ' && c != '\\';
    }
    switch (Character.getType(c)) {
      case Character.CONTROL:
      case Character.FORMAT:
      case Character.LINE_SEPARATOR:
      case Character.PARAGRAPH_SEPARATOR:
      case Character.SURROGATE: // also of pairs, because some of those are format characters
        return false;
      default:
        return true;
    }
  }

  private static void escape(char c, StringBuilder out) {
    switch (c) {
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(Character.forDigit((c >> shift) & 0xf, 16));
        }
      }
    }
  }

  /**
   * Returns an object that keeps its text, for objects that are sent often, such as the definition
   * of a tool.
   *
   * @param object the members; neither it nor the result may be changed afterwards; not null
   * @return an object with the same members
   */
  public static ObjectNode fixed(ObjectNode object) {
    return new FixedObject(object);
  }

  /**
   * Checks that a tree can be written. The engine calls it on the result of a handler, so that the
   * handler's call fails and not the transport that writes the answer.
   *
   * @param node the tree; not null
   * @throws IllegalArgumentException if JSON cannot represent a value in the tree, or the tree is
   *     nested more than 1,000 levels deep
   */
  public static void requireWritable(JsonNode node) {
    requireWritable(node, 1000);
  }

  private static void requireWritable(JsonNode node, int levels) {
    if (levels == 0) {
      throw new IllegalArgumentException(
          "the answer must not be nested more than 1,000 levels deep");
    }
    if (node instanceof TextNode) {
      return; // the usual case
    }
    if (node instanceof ContainerNode) {
      if (node instanceof FixedObject fixed) {
        fixed.text(); // throws if it cannot be written
        return;
      }
      for (JsonNode child : node) {
        requireWritable(child, levels - 1);
      }
    } else if (node.isDouble() || node.isFloat()) {
      requireFinite(node.doubleValue());
    } else if (node.isPojo() || node.isMissingNode()) {
      throw new IllegalArgumentException("not a JSON value: a node of type " + node.getNodeType());
    }
  }

  static void requireFinite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON cannot represent the number " + number);
    }
  }
}
