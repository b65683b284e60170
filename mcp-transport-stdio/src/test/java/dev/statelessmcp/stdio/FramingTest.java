package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bytes to lines, and lines to messages. */
class FramingTest {
  private final StdioTransport transport = StdioTransport.of(TestTools.server(TestTools.echo()))
      .grace(Duration.ofSeconds(Waiting.SECONDS));

  /** Serves an input to its end, and gives the answers by the text of their ids. */
  private static Map<String, JsonNode> serve(StdioTransport transport, InputStream in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    transport.run(in, out);
    String text = out.toString(StandardCharsets.UTF_8);
    assertTrue(text.isEmpty() || text.endsWith("\n"), "the last line is whole: " + text);
    assertFalse(text.contains("\r"), text);
    Map<String, JsonNode> answers = new HashMap<>();
    text.lines()
        .map(Messages::parse)
        .forEach(answer -> answers.put(answer.path("id").asText("none"), answer));
    assertEquals(text.lines().count(), answers.size(), text);
    return answers;
  }

  private static Map<String, JsonNode> serve(StdioTransport transport, String text) {
    return serve(transport, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static void assertServed(JsonNode answer) {
    assertTrue(answer != null && answer.has("result"), () -> "no result: " + answer);
  }

  private static void assertRefused(int code, JsonNode answer) {
    assertTrue(answer != null, "no answer");
    assertEquals(code, answer.at("/error/code").intValue(), answer::toString);
  }

  @Test
  void everyLineIsOneMessage() {
    Map<String, JsonNode> answers =
        serve(transport, Messages.ping("1") + "\n" + Messages.ping("2") + "\n");
    assertEquals(2, answers.size());
    assertServed(answers.get("1"));
    assertServed(answers.get("2"));
  }

  @Test
  void linesMayEndWithCarriageReturnAndLineFeed() {
    Map<String, JsonNode> answers =
        serve(transport, Messages.ping("1") + "\r\n" + Messages.ping("2") + "\r\n");
    assertEquals(2, answers.size());
    assertServed(answers.get("1"));
    assertServed(answers.get("2"));
  }

  @Test
  void blankLinesAreSkipped() {
    Map<String, JsonNode> answers =
        serve(transport, "\n\r\n  \t \n" + Messages.ping("1") + "\n\n \r\n");
    assertEquals(1, answers.size());
    assertServed(answers.get("1"));
  }

  @Test
  void emptyInputGivesNoAnswer() {
    assertEquals(Map.of(), serve(transport, ""));
    assertEquals(Map.of(), serve(transport, "\n"));
    assertEquals(Map.of(), serve(transport, "  "));
  }

  @Test
  void theLastLineNeedsNoLineBreak() {
    Map<String, JsonNode> answers =
        serve(transport, Messages.ping("1") + "\n" + Messages.ping("2"));
    assertEquals(2, answers.size());
    assertServed(answers.get("2"));
  }

  @Test
  void charactersOutsideTheBasicPlaneMayComeInPieces() throws IOException {
    String text = "Grüße, 世界, 🦜🧵 and 𝒳";
    String call = Messages.legacyCall("1", "echo", "{\"text\":\"" + text + "\"}");
    InputStream whole = new ByteArrayInputStream((call + "\n").getBytes(StandardCharsets.UTF_8));
    try (InputStream pieces = new BytewiseInputStream(whole)) {
      assertEquals(text, Messages.text(serve(transport, pieces).get("1")));
    }
  }

  @Test
  void textsThatAreLongerThanAnyBufferComeWhole() {
    // 4 bytes each, and a start that is not a multiple of 4, so that buffers end inside characters
    String text = "x" + "🦜".repeat(50_000);
    String call = Messages.legacyCall("1", "echo", "{\"text\":\"" + text + "\"}");
    assertEquals(text, Messages.text(serve(transport, call + "\n").get("1")));
  }

  @Test
  void lineAtTheLimitIsServed() {
    String longest = Messages.ping("1");
    StdioTransport limited = transport.limits(limits(longest.length()));
    Map<String, JsonNode> answers = serve(limited, longest + "\n" + Messages.ping("2") + "\n");
    assertServed(answers.get("1"));
    assertServed(answers.get("2"));
  }

  @Test
  void lineBreakDoesNotCountForTheLimit() {
    String longest = Messages.ping("1");
    StdioTransport limited = transport.limits(limits(longest.length()));
    assertServed(serve(limited, longest + "\r\n").get("1"));
  }

  @Test
  void lineAboveTheLimitIsRefusedAndTheNextOneServed() {
    StdioTransport limited = transport.limits(limits(Messages.ping("1").length()));
    Map<String, JsonNode> answers =
        serve(limited, Messages.ping("10") + "\n" + Messages.ping("2") + "\n");
    assertEquals(2, answers.size());
    assertRefused(-32600, answers.get("none"));
    assertFalse(answers.get("none").has("id"), "its id was not read");
    assertServed(answers.get("2"));
  }

  @Test
  void lineFarAboveTheLimitIsRefusedAndTheNextOneServed() {
    StdioTransport limited = transport.limits(limits(1000));
    Map<String, JsonNode> answers =
        serve(limited, "x".repeat(100_000) + "\n" + Messages.ping("2") + "\n");
    assertEquals(2, answers.size());
    assertRefused(-32600, answers.get("none"));
    assertServed(answers.get("2"));
  }

  @Test
  void lastLineAboveTheLimitIsRefusedWithoutItsLineBreakToo() {
    StdioTransport limited = transport.limits(limits(1000));
    Map<String, JsonNode> answers = serve(limited, Messages.ping("1") + "\n" + "x".repeat(100_000));
    assertEquals(2, answers.size());
    assertServed(answers.get("1"));
    assertRefused(-32600, answers.get("none"));
  }

  @Test
  void brokenJsonIsAnsweredAndTheNextLineServed() {
    for (String broken : new String[] {"{\"jsonrpc\":", "}", "hello", "{} {}", "\u0000"}) {
      Map<String, JsonNode> answers = serve(transport, broken + "\n" + Messages.ping("2") + "\n");
      assertEquals(2, answers.size(), broken);
      assertRefused(-32700, answers.get("none"));
      assertServed(answers.get("2"));
    }
  }

  @Test
  void bytesThatAreNotUtf8AreAnsweredAndTheNextLineServed() {
    byte[] line = ("\"?\"\n" + Messages.ping("2") + "\n").getBytes(StandardCharsets.UTF_8);
    line[1] = (byte) 0xFF;
    Map<String, JsonNode> answers = serve(transport, new ByteArrayInputStream(line));
    assertEquals(2, answers.size());
    assertRefused(-32700, answers.get("none"));
    assertServed(answers.get("2"));
  }

  @Test
  void tenThousandLevelsAreRefusedAndTheNextLineServed() {
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    String nested = Messages.legacyCall("1", "echo", "{\"text\":" + deep + "}");
    Map<String, JsonNode> answers = serve(transport, nested + "\n" + Messages.ping("2") + "\n");
    assertEquals(2, answers.size());
    assertRefused(-32700, answers.get("none"));
    assertServed(answers.get("2"));
  }

  @Test
  void numbersBeyondEveryRangeAreRefusedAndTheNextLineServed() {
    for (String number :
        new String[] {"1e999", "1e2147483648", "-1E-2147483648", "1e99999999999", "0e99999999999"
        }) {
      String line = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"n\":%s}}";
      Map<String, JsonNode> answers =
          serve(transport, line.replace("%s", number) + "\n" + Messages.ping("2") + "\n");
      assertEquals(2, answers.size(), number);
      assertRefused(-32700, answers.get("none"));
      assertServed(answers.get("2"));
    }
  }

  @Test
  void invalidMessageIsAnsweredWithItsId() {
    Map<String, JsonNode> answers =
        serve(transport, "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}\n");
    assertEquals(1, answers.size());
    assertRefused(-32600, answers.get("1"));
  }

  @Test
  void notificationsAndResponsesAreNotAnswered() {
    String input = """
        {"jsonrpc":"2.0","method":"notifications/initialized"}
        {"jsonrpc":"2.0","method":"notifications/nobody/knows","params":{}}
        {"jsonrpc":"2.0","id":7,"result":{}}
        {"jsonrpc":"2.0","id":8,"error":{"code":1,"message":"no"}}
        """;
    assertEquals(Map.of(), serve(transport, input));
  }

  @Test
  void lineBreaksInsideOfAnswersAreEscaped() {
    String text = "first\\nsecond\\r\\nthird\u2028fourth";
    String call = Messages.legacyCall("1", "echo", "{\"text\":\"" + text + "\"}");
    assertEquals(
        "first\nsecond\r\nthird\u2028fourth",
        Messages.text(serve(transport, call + "\n").get("1")));
  }

  @Test
  void inputThatBreaksEndsTheConnectionAsItsEndDoes() {
    InputStream broken = new InputStream() {
      private final InputStream first =
          new ByteArrayInputStream((Messages.ping("1") + "\n").getBytes(StandardCharsets.UTF_8));

      @Override
      public int read() {
        throw new UnsupportedOperationException();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = first.read(buffer, offset, length);
        if (count < 0) {
          throw new IOException("broken pipe");
        }
        return count;
      }
    };
    assertServed(serve(transport, broken).get("1"));
  }

  private static JsonLimits limits(int maxBytes) {
    return JsonLimits.DEFAULT.withMaxBytes(maxBytes);
  }

  /** Gives one byte for every read. */
  private static final class BytewiseInputStream extends FilterInputStream {

    BytewiseInputStream(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return super.read(buffer, offset, 1);
    }
  }
}
