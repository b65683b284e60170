package dev.statelessmcp.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/**
 * Reads and writes {@link JsonNode} trees without an {@code ObjectMapper}.
 *
 * <p>All methods are safe from any number of threads. {@code JsonNode.toString()} is not to be used
 * on the path of a request: it creates an {@code ObjectMapper} behind the scenes.
 */
public final class Json {

  /** Makes nodes. */
  public static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /**
   * An empty object.
   *
   * @return a new, mutable node
   */
  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /**
   * An empty array.
   *
   * @return a new, mutable node
   */
  public static ArrayNode array() {
    return NODES.arrayNode();
  }

  /**
   * Reads exactly one JSON value. Half of a surrogate pair in a string, which UTF-8 cannot say,
   * becomes the replacement character.
   *
   * @param utf8 the text, in UTF-8; not null
   * @param limits what to refuse; not null
   * @return the tree, never null (a JSON {@code null} is a null node)
   * @throws JsonSyntaxException if the text is no single JSON value, repeats a member of an object
   *     (readers disagree about which one counts, and a gateway may have acted upon the other), or
   *     exceeds the limits
   */
  public static JsonNode read(byte[] utf8, JsonLimits limits) throws JsonSyntaxException {
    if (utf8.length > limits.maxBytes()) {
      throw new JsonSyntaxException("the text is longer than " + limits.maxBytes() + " bytes");
    }
    return new TreeReader(utf8, limits).document();
  }

  /**
   * Reads exactly one JSON value that the program itself brings along, such as a schema.
   *
   * @param text the text; not null
   * @return the tree
   * @throws IllegalArgumentException if it is no JSON; the message says where
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
   * Writes a tree.
   *
   * @param node the tree; not null, without POJO nodes
   * @return compact JSON in UTF-8, without a line break
   * @throws IllegalArgumentException if something in the tree has no form in JSON, or it nests
   *     deeper than 1,100 levels
   */
  public static byte[] write(JsonNode node) {
    return new TreeWriter().write(node);
  }

  /**
   * Writes a tree as text.
   *
   * @param node the tree; not null, without POJO nodes
   * @return compact JSON, without a line break
   * @throws IllegalArgumentException if something in the tree has no form in JSON, or it nests
   *     deeper than 1,100 levels
   */
  public static String text(JsonNode node) {
    return new String(write(node), StandardCharsets.UTF_8);
  }

  /**
   * Checks that a tree can be written, so that whoever made it hears of it and not who writes it.
   *
   * @param node the tree; not null
   * @throws IllegalArgumentException if something in it has no form in JSON, or it nests deeper
   *     than 1,000 levels
   */
  public static void requireWritable(JsonNode node) {
    requireWritable(node, 1000);
  }

  private static void requireWritable(JsonNode node, int levels) {
    if (levels == 0) {
      throw new IllegalArgumentException("the answer nests deeper than 1,000 levels");
    }
    if (node.isContainerNode()) {
      for (JsonNode child : node) {
        requireWritable(child, levels - 1);
      }
    } else if (node.isDouble() || node.isFloat()) {
      requireFinite(node.doubleValue());
    } else if (node.isPojo() || node.isMissingNode()) {
      throw new IllegalArgumentException("no JSON value: " + node.getNodeType());
    }
  }

  static void requireFinite(double number) {
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException("JSON has no " + number);
    }
  }
}
