package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** JSON trees from and to bytes. */
public final class Json {
  private static final JsonMapper MAPPER = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private Json() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** Writes one value. */
  public static byte[] bytes(JsonNode tree) {
    try {
      return MAPPER.writeValueAsBytes(tree);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e); // trees can always be written
    }
  }

  /**
   * Reads one value.
   *
   * @param length of the bytes to read
   * @throws MalformedAnswerException when they are not exactly one
   */
  public static JsonNode parse(byte[] bytes, int length) throws MalformedAnswerException {
    try {
      JsonNode tree = MAPPER.readTree(bytes, 0, length);
      if (tree != null && !tree.isMissingNode()) {
        return tree;
      }
      throw new MalformedAnswerException("it is empty");
    } catch (JsonProcessingException e) {
      throw new MalformedAnswerException("it is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new MalformedAnswerException("it is not JSON");
    }
  }

  /** Puts one member for each name. */
  static <T> void putAll(ObjectNode object, Map<String, T> values, Function<T, String> text) {
    values.forEach((name, value) -> object.put(name, text.apply(value)));
  }

  /** Puts a list for each name. */
  static void putLists(ObjectNode object, Map<String, ? extends Collection<String>> values) {
    values.forEach((name, list) -> list.forEach(object.putArray(name)::add));
  }

  static String last(List<String> values) {
    return values.get(values.size() - 1);
  }

  static String joined(List<String> values) {
    return String.join(",", values);
  }
}
