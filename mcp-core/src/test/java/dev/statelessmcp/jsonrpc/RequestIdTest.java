package dev.statelessmcp.jsonrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.statelessmcp.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {

  private static RequestId id(String json) {
    return RequestId.from(Json.parse(json)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1", "0", "-1", "1.0", "1.00", "9223372036854775808", "\"\"", "\"1\"", "\" ä \"",
        "-0", "1e2", "1E2", "1e+2", "12e0", "100.0e-1", "0.0", "-0.0", "\"🦜\"",
        "123456789012345678901234567890", "\"a\uFFFDb\""
      })
  void isEchoedExactly(String json) {
    assertEquals(json, Json.text(id(json).toJson()));
    assertEquals(json, id(json).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "1.5", "1e-1", "{}", "[]", "[1]", "0.5e0"})
  void isAStringOrAnInteger(String json) {
    assertEquals(Optional.empty(), RequestId.from(Json.parse(json)));
  }

  /** An unpaired surrogate cannot be encoded in UTF-8, so that it would come back changed. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\"\\ud800\"", "\"a\\udc00b\"", "\"\\ufffd\\ud800\"", "\"\\udc00\\ud800\""})
  void thatCannotComeBackExactlyIsNoId(String json) {
    assertEquals(Optional.empty(), RequestId.from(Json.parse(json)));
  }

  /** Only what readers put there is refused. */
  @Test
  void mayContainAReplacementCharacter() {
    assertEquals(RequestId.of("\uFFFD"), id("\"\\ufffd\""));
    assertEquals("\"\uFFFD\"", id("\"\\ufffd\"").toString());
  }

  @Test
  void ofAnyLengthComesBack() {
    String json = '"' + "x".repeat(1_000_000) + '"';
    assertEquals(json, Json.text(id(json).toJson()));
  }

  @Test
  void isNotThereWithoutANode() {
    assertEquals(Optional.empty(), RequestId.from(null));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          1 | 1
          1 | 1.0
          1 | 10e-1
          0 | -0.0
          10 | 1e1
          9223372036854775808 | 9223372036854775808.0
          "a" | "a"
          """)
  void isEqualIfItIsTheSameJsonValue(String one, String other) {
    assertEquals(id(one), id(other));
    assertEquals(id(one).hashCode(), id(other).hashCode());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          1 | "1"
          1 | 2
          1 | 1.0000000000000000000000000001e28
          "a" | "A"
          9007199254740992 | 9007199254740993
          """)
  void isNotEqualOtherwise(String one, String other) {
    assertNotEquals(id(one), id(other));
    assertNotEquals(id(other), id(one));
  }

  @Test
  void canBeMadeByHand() {
    assertEquals(id("7"), RequestId.of(7));
    assertEquals(id("\"7\""), RequestId.of("7"));
  }
}
