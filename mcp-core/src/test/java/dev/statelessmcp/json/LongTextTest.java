package dev.statelessmcp.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long texts are written in another way than short ones, with the same result. */
class LongTextTest {
  private static final String LONG = "The quick brown fox? ".repeat(20);

  /** What stands between the quotation marks. */
  private static String written(String text) {
    String json = Json.text(Json.NODES.textNode(text));
    return json.substring(1, json.length() - 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?", "\"", "\\", "\n", "\0", "\u001f", "é", "€", "😀", "\ud83d", "\ude00"})
  void aCharacterIsWrittenAsInAShortText(String character) {
    String piece = written(character);
    assertEquals(LONG + piece + LONG, written(LONG + character + LONG));
    assertEquals(LONG + piece, written(LONG + character));
    assertEquals(piece + LONG, written(character + LONG));
  }

  @Test
  void randomTextsAreWrittenAsTheirPieces() {
    String[] pieces = {"a", "plain ", "?", "\"", "\\", "\n\t", "é", "€", "😀", "\u0001"};
    Random random = new Random(7);
    for (int run = 0; run < 500; run++) {
      int kinds = 1 + random.nextInt(pieces.length);
      StringBuilder text = new StringBuilder();
      StringBuilder expected = new StringBuilder();
      int length = random.nextInt(2_000);
      while (text.length() < length) {
        String piece = pieces[random.nextInt(kinds)];
        text.append(piece);
        expected.append(written(piece));
      }
      assertEquals(expected.toString(), written(text.toString()));
    }
  }

  @Test
  void textAfterALongTextFits() {
    ObjectNode object =
        Json.object().put("long", LONG + "\n").put("after", LONG).put("short", 1);
    assertEquals(
        "{\"long\":\"" + LONG + "\\n\",\"after\":\"" + LONG + "\",\"short\":1}", Json.text(object));
  }

  @Test
  void aListOfFixedObjectsIsWrittenAsOneOfOthers() {
    ObjectNode one = Json.object().put("text", LONG);
    ObjectNode fixed = Json.object();
    ObjectNode plain = Json.object();
    for (int i = 0; i < 50; i++) {
      fixed.withArrayProperty("list").add(Json.fixed(one));
      plain.withArrayProperty("list").add(one);
    }
    fixed.withArrayProperty("list").add(1);
    plain.withArrayProperty("list").add(1);
    assertEquals(Json.text(plain), Json.text(fixed));
  }
}
