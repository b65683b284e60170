package dev.statelessmcp.skill;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Reads the front matter of a {@code SKILL.md} as JSON. It is read as YAML 1.2, as by hosts, which
 * compare it with the file: {@code yes} and {@code 2026-01-01} must be strings.
 *
 * @see <a href="https://agentskills.io/specification">Agent Skills</a>
 */
final class FrontMatter {
  private static final Pattern FENCED =
      Pattern.compile("\\A\ufeff?---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(\r?\n|\\z)", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final int MAX_NAME = 64;
  private static final int MAX_DESCRIPTION = 1024;
  private static final int MAX_COMPATIBILITY = 500;
  private static final int MAX_DEPTH = 32;
  private static final String RESERVED = "io.modelcontextprotocol/";

  private FrontMatter() {}

  /**
   * Reads and checks the front matter.
   *
   * @param skillMd the bytes of the file
   * @param place names the file in messages
   * @return the whole front matter
   * @throws IllegalArgumentException if there is none, or it breaks a rule of the format
   */
  static ObjectNode of(byte[] skillMd, String place) {
    Matcher fenced = FENCED.matcher(text(skillMd, place));
    if (!fenced.find()) {
      throw wrong(place, "must begin with front matter between two lines ---");
    }
    LoadSettings settings = LoadSettings.builder()
        .setSchema(new CoreSchema())
        .setAllowDuplicateKeys(false)
        .setMaxAliasesForCollections(8)
        .build();
    Object yaml;
    try {
      yaml = new Load(settings).loadFromString(fenced.group(1));
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(
          place + ": the front matter is not YAML: " + e.getMessage(), e);
    }
    if (!(json(yaml, place, 0) instanceof ObjectNode object)) {
      throw wrong(place, "the front matter must be a mapping of names to values");
    }
    check(object, place);
    return object;
  }

  private static String text(byte[] utf8, String place) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(place + ": must be UTF-8", e);
    }
  }

  private static void check(ObjectNode front, String place) {
    String name = required(front, "name", place);
    if (name.length() > MAX_NAME || !NAME.matcher(name).matches()) {
      throw wrong(
          place,
          "name must be 1 to 64 of a-z, 0-9 and single hyphens between them, was \""
              + Json.printable(name, 100) + "\"");
    }
    String description = required(front, "description", place);
    if (description.isBlank() || description.length() > MAX_DESCRIPTION) {
      throw wrong(place, "description must be 1 to 1024 characters, was " + description.length());
    }
    JsonNode compatibility = front.get("compatibility");
    if (compatibility != null
        && (!compatibility.isTextual()
            || compatibility.textValue().isEmpty()
            || compatibility.textValue().length() > MAX_COMPATIBILITY)) {
      throw wrong(place, "compatibility must be a text of 1 to 500 characters");
    }
    JsonNode metadata = front.get("metadata");
    if (metadata != null && !metadata.isObject()) {
      throw wrong(place, "metadata must be a mapping of names to values");
    }
    if (metadata instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        if (member.getKey().startsWith(RESERVED)) {
          throw wrong(place, "metadata." + member.getKey() + " is reserved for extensions of MCP");
        }
      }
    }
  }

  private static String required(ObjectNode front, String member, String place) {
    JsonNode value = front.get(member);
    if (value == null || !value.isTextual()) {
      throw wrong(place, "the front matter must have a " + member + ", a text");
    }
    return value.textValue();
  }

  private static JsonNode json(@Nullable Object yaml, String place, int depth) {
    if (depth > MAX_DEPTH) {
      throw wrong(place, "the front matter is nested more than " + MAX_DEPTH + " deep");
    }
    if (yaml instanceof Map<?, ?> map) {
      ObjectNode object = Json.object();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        object.set(String.valueOf(entry.getKey()), json(entry.getValue(), place, depth + 1));
      }
      return object;
    }
    if (yaml instanceof Iterable<?> list) {
      ArrayNode array = Json.array();
      for (Object element : list) {
        array.add(json(element, place, depth + 1));
      }
      return array;
    }
    return scalar(yaml, place);
  }

  private static JsonNode scalar(@Nullable Object yaml, String place) {
    if (yaml == null) {
      return Json.NODES.nullNode();
    }
    if (yaml instanceof String text) {
      return Json.NODES.textNode(text);
    }
    if (yaml instanceof Boolean bool) {
      return Json.NODES.booleanNode(bool);
    }
    if (yaml instanceof Integer || yaml instanceof Long) {
      return Json.NODES.numberNode(((Number) yaml).longValue());
    }
    if (yaml instanceof BigInteger big) {
      return Json.NODES.numberNode(big);
    }
    if (yaml instanceof Double number && !number.isNaN() && !number.isInfinite()) {
      return Json.NODES.numberNode(BigDecimal.valueOf(number));
    }
    throw wrong(place, "the front matter has a value that JSON does not: " + yaml);
  }

  private static IllegalArgumentException wrong(String place, String problem) {
    return new IllegalArgumentException(place + ": " + problem);
  }
}
