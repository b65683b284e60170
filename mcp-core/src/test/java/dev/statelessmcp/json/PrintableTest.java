package dev.statelessmcp.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Text of a peer in a log. */
class PrintableTest {
  @Test
  void ordinaryTextIsKept() {
    String text = "The Origin header \"https://a.example\" is not allowed: ä€漢 <>&'";
    assertEquals(text, Json.printable(text, 1000));
    assertSame(text, Json.printable(text, text.length()));
    assertEquals("", Json.printable("", 10));
  }

  @Test
  void lineBreaksAndControlCharactersAreEscaped() {
    assertEquals("a\\nb\\rc\\td\\\\e", Json.printable("a\nb\rc\td\\e", 100));
    assertEquals(
        "\\u0000\\u001b\\u007f\\u0085\\u009b\\u2028\\u2029\\u202e\\ufeff",
        Json.printable("\0\u001b\u007f\u0085\u009b\u2028\u2029\u202e\ufeff", 100));
    assertEquals("\\ud83e\\udd9c\\ud800", Json.printable("\ud83e\udd9c\ud800", 100));
  }

  @Test
  void longTextIsCut() {
    assertEquals("abc…", Json.printable("abcd", 3));
    assertEquals("\\n\\n…", Json.printable("\n\n\n", 2));
  }

  @Test
  void everyCharacterIsVisibleAfterwards() {
    for (char c = 0; c < Character.MAX_VALUE; c++) {
      String text = Json.printable("" + c, 1);
      assertTrue(
          text.chars().noneMatch(Character::isISOControl)
              && text.lines().count() <= 1
              && text.indexOf('\u2028') < 0,
          Integer.toHexString(c));
    }
  }
}
