package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Length;
import dev.statelessmcp.schema.Nullable;
import dev.statelessmcp.schema.Range;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rule of docs/input-rules.md: what is read as what, leniently and strictly. */
class LeniencyTest {

  enum Size {
    S,
    L
  }

  record Item(String name, Optional<Size> size) {}

  record All(
      @Nullable String text,
      OptionalInt number,
      Optional<Boolean> flag,
      Optional<String> note,
      @Nullable Size size,
      Optional<LocalDate> day,
      Optional<JsonNode> any,
      @Nullable List<String> list,
      @Nullable List<Optional<Integer>> holes,
      @Nullable Item item,
      @Nullable Map<String, Item> map) {}

  record Required(
      int number,
      @Nullable @Range(max = 9) Integer bounded,
      @Nullable @Length(max = 2) List<Integer> few) {}

  private static String read(Class<?> type, String json, Problems problems) {
    Object value = JsonTypes.ofRecord(type).read(Json.parse(json), "arguments", problems);
    return problems.isEmpty() ? value.toString() : problems.toString();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
          {"text":5} | {"text":"5"}
          {"text":5.10} | {"text":"5.10"}
          {"text":true} | {"text":"true"}
          {"number":"5"} | {"number":5}
          {"flag":"True"} | {"flag":true}
          {"size":"null"} | {}
          {"number":"null"} | {"number":null}
          {"flag":"null"} | {}
          {"day":"null"} | {}
          {"item":"null"} | {}
          {"list":"null"} | {}
          {"list":"[\\"a\\", 1]"} | {"list":["a","1"]}
          {"holes":["1","null",null]} | {"holes":[1,null,null]}
          {"item":"{\\"name\\":1,\\"size\\":\\"null\\"}"} | {"item":{"name":"1"}}
          {"map":" {\\"a\\":\\"{\\\\\\"name\\\\\\":\\\\\\"x\\\\\\"}\\"}"} | {"map":{"a":{"name":"x"}}}
          """)
  void lenientReaderTakesWhatIsMeant(String sent, String meant) {
    assertEquals(
        read(All.class, meant, new Problems(false)), read(All.class, sent, new Problems(true)));
    Problems strict = new Problems(false);
    read(All.class, sent, strict);
    assertEquals(false, strict.isEmpty(), "a strict reader refuses it");
  }

  /** "A value that the schema accepts is never changed". */
  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
          {"text":"5"}
          {"text":"null"}
          {"note":"null"}
          {"note":"[1]"}
          {"any":"null"}
          {"any":"5"}
          {"any":{"a":null}}
          {"list":["null","true","[]"]}
          """)
  void valuesThatTheSchemaAcceptsAreNeverChanged(String sent) {
    assertEquals(
        read(All.class, sent, new Problems(false)), read(All.class, sent, new Problems(true)));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
          {"number":null} | arguments.number must not be null
          {"number":"null"} | arguments.number must be an integer, not a string
          {"number":[5]} | arguments.number must be an integer, not an array
          {"number":1,"bounded":"10"} | arguments.bounded must be 9 or less, was 10
          {"number":1,"few":"[1,2,3]"} | arguments.few must have 0 to 2 elements, had 3
          {"number":1,"few":[null]} | arguments.few[0] must not be null
          {"number":1,"few":"[\\"x\\"]"} | arguments.few[0] must be an integer, not a string
          {"number":1,"few":"{}"} | arguments.few must be an array, not a string
          """)
  void membersThatAreSetMustBeValid(String sent, String problem) {
    assertEquals(problem, read(Required.class, sent, new Problems(true)));
  }

  @Test
  void unknownMembersAreIgnoredOnEveryLevelIfTheReaderSaysSo() {
    String sent = "{\"item\":{\"name\":\"a\",\"x\":1},\"sessionId\":\"n8n\"}";
    assertEquals(
        "arguments.item.x is not known; known are name, size;"
            + " arguments.sessionId is not known;"
            + " known are text, number, flag, note, size, day, any, list, holes, item, map",
        read(All.class, sent, new Problems(true)));
    String expected = read(All.class, "{\"item\":{\"name\":\"a\"}}", new Problems(false));
    assertEquals(expected, read(All.class, sent, new Problems(true, true)));
    assertEquals(expected, read(All.class, sent, new Problems(false, true)));
  }
}
