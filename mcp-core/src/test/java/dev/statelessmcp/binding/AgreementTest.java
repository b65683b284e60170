package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A derived schema and the strict reader of the same record accept the same values. The exceptions,
 * each tested elsewhere: the schema does not have the range of int, long, float and double,
 * {@code format} is an annotation, and null is accepted for an optional component.
 */
class AgreementTest {

  enum Color {
    RED,
    GREEN
  }

  record Item(String name, Optional<Integer> count) {}

  record Everything(
      Optional<String> string,
      Optional<Integer> integer,
      Optional<Byte> tiny,
      Optional<Double> number,
      Optional<Boolean> flag,
      Optional<Color> color,
      Optional<JsonNode> any,
      Optional<Item> item,
      Optional<List<Item>> items,
      Optional<List<JsonNode>> anything,
      Optional<Set<BigDecimal>> set,
      Optional<Map<String, Item>> map) {}

  private static final JsonType<Everything> TYPE = JsonTypes.ofRecord(Everything.class);
  private static final SchemaValidator SCHEMA = new SchemaValidator(TYPE.schema());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "\"\"",
        "{\"unknown\":1}",
        "{\"string\":\"\"}",
        "{\"string\":1}",
        "{\"integer\":1}",
        "{\"integer\":1.0}",
        "{\"integer\":1e2}",
        "{\"integer\":1.5}",
        "{\"integer\":\"1\"}",
        "{\"integer\":true}",
        "{\"tiny\":127}",
        "{\"tiny\":128}",
        "{\"tiny\":-128.0}",
        "{\"tiny\":-129}",
        "{\"number\":1}",
        "{\"number\":1e300}",
        "{\"number\":\"1\"}",
        "{\"flag\":true}",
        "{\"flag\":0}",
        "{\"flag\":\"true\"}",
        "{\"color\":\"RED\"}",
        "{\"color\":\"red\"}",
        "{\"color\":0}",
        "{\"any\":1}",
        "{\"any\":[null]}",
        "{\"item\":{}}",
        "{\"item\":{\"name\":\"a\"}}",
        "{\"item\":{\"name\":null}}",
        "{\"item\":{\"name\":\"a\",\"x\":1}}",
        "{\"item\":{\"name\":\"a\",\"count\":1}}",
        "{\"item\":[]}",
        "{\"items\":[]}",
        "{\"items\":{}}",
        "{\"items\":[{\"name\":\"a\"},{\"name\":\"a\"}]}",
        "{\"items\":[{\"name\":\"a\"},{}]}",
        "{\"items\":[null]}",
        "{\"anything\":[1,\"a\",{}]}",
        "{\"anything\":[null]}",
        "{\"set\":[]}",
        "{\"set\":[1,2]}",
        "{\"set\":[1,1]}",
        "{\"set\":[1,1.0]}",
        "{\"set\":[1.0,1.00]}",
        "{\"set\":[\"a\"]}",
        "{\"set\":{}}",
        "{\"map\":{}}",
        "{\"map\":{\"\":{\"name\":\"a\"}}}",
        "{\"map\":{\"a\":{}}}",
        "{\"map\":{\"a\":null}}",
        "{\"map\":[]}"
      })
  void verdictOfTheReaderIsThatOfTheSchema(String json) {
    JsonNode node = Json.parse(json);
    Problems ofReader = new Problems(false);
    TYPE.read(node, "arguments", ofReader);
    Problems ofSchema = new Problems(false);
    SCHEMA.check(node, "arguments", ofSchema);
    assertEquals(
        ofSchema.isEmpty(),
        ofReader.isEmpty(),
        () -> "schema: [" + ofSchema + "], reader: [" + ofReader + "]");
  }
}
