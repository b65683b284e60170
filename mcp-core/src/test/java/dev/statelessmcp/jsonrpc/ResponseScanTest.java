package dev.statelessmcp.jsonrpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseScanTest {

  /** What is found when the text comes in pieces of that length. */
  private static RequestId found(String text, int piece) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ResponseScan scan = new ResponseScan();
    for (int at = 0; at < bytes.length; at += piece) {
      scan.take(bytes, at, Math.min(bytes.length, at + piece));
    }
    return scan.id();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":\"server-1\",\"result\":{\"a\":1}}",
        "{\"result\":{\"id\":\"other\",\"method\":\"m\",\"a\":[{}]},\"id\" : \"server-1\"}",
        " \n{\"result\":{\"text\":\"\\\"id\\\":\\\"x\\\"}\"},\"jsonrpc\":\"2.0\",\"id\":\"server-1\"}",
        "{\"id\":\"server-1\",\"method\":null,\"error\":{}}",
        "{\"id\":\"server-1\",\"result\":{\"never\":\"ends",
        "{\"id\":\"server-1\",\"result\":{\"x\":nonsense}}}}",
        "[{\"id\":\"server-1\",\"result\":{}}]",
        "[{\"id\":\"server-9\",\"method\":\"ping\"},{\"result\":{},\"id\":\"server-1\"}]",
        "{\"a\":\"id\",\"id\":\"server-1\"}",
        "{\"\":\"method\",\"id\":\"server-1\"}"
      })
  void findsTheIdOfAResponse(String text) {
    for (int piece : new int[] {1, 3, 1000}) {
      assertEquals(RequestId.of("server-1"), found(text, piece));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "\"id\"",
        "[]",
        "{}",
        "{\"result\":{\"id\":\"server-1\"}}",
        "{\"id\":1,\"result\":{}}",
        "{\"id\":\"server-1\",\"method\":\"ping\"}",
        "{\"method\":\"ping\",\"id\":\"server-1\"",
        "{\"method\":7,\"id\":\"server-1\"}",
        "{\"i\\u0064\":\"server-1\"}",
        "[[{\"id\":\"server-1\"}]]",
        "{\"id\":\"a234567890123456789012345678901234567890123456789012345678901234x\"}"
      })
  void findsNothingElse(String text) {
    for (int piece : new int[] {1, 3, 1000}) {
      assertNull(found(text, piece));
    }
  }
}
