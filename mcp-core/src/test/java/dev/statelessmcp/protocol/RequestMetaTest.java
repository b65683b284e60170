package dev.statelessmcp.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestMetaTest {

  private static RequestMeta meta(String json) {
    return new RequestMeta(
        ProtocolVersion.NEWEST_LEGACY,
        Optional.empty(),
        ClientCapabilities.NONE,
        Optional.empty(),
        (ObjectNode) Json.parse(json));
  }

  /** "Progress tokens MUST be a string or integer value", and 1.0 is an integer of JSON Schema. */
  @ParameterizedTest
  @ValueSource(strings = {"1", "\"\"", "\"a\"", "-9223372036854775809", "1.0"})
  void progressTokenIsAStringOrAnInteger(String token) {
    assertEquals(token, Json.text(meta("{\"progressToken\":" + token + "}").progressToken()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "true", "1.5", "{}", "[1]"})
  void nothingElseIsAProgressToken(String token) {
    assertNull(meta("{\"progressToken\":" + token + "}").progressToken());
    assertNull(meta("{}").progressToken());
  }

  @Test
  void capabilityIsAnObjectOnItsPath() {
    ClientCapabilities client = new ClientCapabilities(
        (ObjectNode) Json.parse("{\"elicitation\":{\"form\":{}},\"roots\":true,\"x\":null}"));
    assertTrue(client.has("elicitation"));
    assertTrue(client.has("elicitation", "form"));
    assertFalse(client.has("elicitation", "url"));
    assertFalse(client.has("roots"));
    assertFalse(client.has("roots", "listChanged"));
    assertFalse(client.has("x"));
    assertFalse(ClientCapabilities.NONE.has("elicitation"));
  }

  @Test
  void implementationIsReadAndWritten() {
    String full = "{\"name\":\"n\",\"title\":\"t\",\"version\":\"1\",\"description\":\"d\","
        + "\"websiteUrl\":\"https://example.com\"}";
    assertEquals(
        full, Json.text(Implementation.from(Json.parse(full)).orElseThrow().toJson()));
    String least = "{\"name\":\"n\",\"version\":\"1\"}";
    assertEquals(
        least, Json.text(Implementation.from(Json.parse(least)).orElseThrow().toJson()));
    assertEquals(
        Implementation.of("n", "1"), Implementation.from(Json.parse(least)).orElseThrow());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "{}",
        "[]",
        "\"n\"",
        "{\"name\":\"n\"}",
        "{\"version\":\"1\"}",
        "{\"name\":1,\"version\":\"1\"}",
        "{\"name\":\"n\",\"version\":null}"
      })
  void implementationNeedsNameAndVersion(String json) {
    assertTrue(Implementation.from(Json.parse(json)).isEmpty());
    assertTrue(Implementation.from(null).isEmpty());
  }
}
