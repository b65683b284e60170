package dev.statelessmcp.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
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
   * Reads exactly one JSON value.
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
    if (isUtf16Or32(utf8) || !Utf8.isValid(utf8)) {
      throw new JsonSyntaxException("the text is not UTF-8");
    }
    try (TreeReader reader = new TreeReader(utf8, limits)) {
      return reader.document();
    } catch (JsonEOFException e) {
      throw new JsonSyntaxException("the text ends too early" + place(e));
    } catch (JsonProcessingException e) {
      // Some messages name settings of the parser, which are none of the peer's business
      boolean plain =
          e.getOriginalMessage().indexOf('`') < 0 && !e.getOriginalMessage().contains("Feature");
      throw new JsonSyntaxException(
          (plain ? e.getOriginalMessage() : "unexpected text") + place(e));
    } catch (IOException e) {
      throw new JsonSyntaxException("the text cannot be read");
    }
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
   * Jackson would read these encodings too, but RFC 8259 wants UTF-8: a gateway that takes the text
   * for what it should be must not see another message than the server does.
   */
  private static boolean isUtf16Or32(byte[] text) {
    for (int i = 0; i < Math.min(4, text.length); i++) {
      if (text[i] == 0 || text[i] == (byte) 0xFE || text[i] == (byte) 0xFF) {
        return true;
      }
    }
    return false;
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

  private static String place(JsonProcessingException e) {
    return place(e.getLocation());
  }

  static String place(JsonLocation location) {
    return location == null
        ? ""
        : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
  }
}
