package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpHeadersTest {

  @Test
  void nameIsFoundInAnyCase() {
    HttpHeaders headers = HttpHeaders.of("Content-TYPE", "a");
    assertEquals(Optional.of("a"), headers.get("content-type"));
    assertEquals(Optional.of("a"), headers.get("CONTENT-Type"));
    assertEquals(Optional.empty(), headers.get("content"));
    assertEquals(Optional.empty(), HttpHeaders.NONE.get("a"));
  }

  @Test
  void nameIsFoundInEveryDefaultLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale.Builder().setLanguage("tr").build());
      assertEquals(Optional.of("x"), HttpHeaders.of("ORIGIN", "x").get("origin"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void severalFieldsOfOneNameAreOneList() {
    HttpHeaders headers = HttpHeaders.of("Accept", "a", "x", "1", "accept", "b, c", "ACCEPT", "");
    assertEquals(Optional.of("a, b, c, "), headers.get("Accept"));
    assertEquals(Map.of("accept", List.of("a", "b, c", ""), "x", List.of("1")), headers.asMap());
    assertEquals(List.of("accept", "x"), List.copyOf(headers.asMap().keySet()));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          a            | a
          a, a         | a
          a,a,a        | a
          'a , a'      | a
          a, b         | a, b
          a, a, b      | a, a, b
          a, A         | a, A
          a,b, a,b     | a,b
          a, b, a, b   | a, b
          a, b, a,b    | a, b, a,b
          ''           | ''
          ','          | ','
          """)
  void equalValuesCountOnce(String sent, String single) {
    assertEquals(single, HttpHeaders.of("h", sent).single("H"));
  }

  @Test
  void equalFieldsCountOnce() {
    assertEquals("a,b", HttpHeaders.of("h", "a,b", "H", "a,b").single("h"));
    assertEquals("a, b", HttpHeaders.of("h", "a", "H", "b").single("h"));
    assertNull(HttpHeaders.NONE.single("h"));
  }

  @ParameterizedTest
  @CsvSource({"' a ', a", "'\ta\t', a", "'a b', a b", "' ', ''", "'', ''"})
  void whiteSpaceAroundAValueIsNotPartOfIt(String sent, String value) {
    assertEquals(Optional.of(value), HttpHeaders.of("h", sent).get("h"));
  }

  @Test
  void onlySpaceAndTabAreWhiteSpace() {
    assertEquals(
        Optional.of("\u00A0a\u2003"), HttpHeaders.of("h", " \u00A0a\u2003 ").get("h"));
  }

  @Test
  void nullAddsNothing() {
    HttpHeaders headers = HttpHeaders.builder().add(null, "a").add("b", null).build();
    assertEquals(Map.of(), headers.asMap());
  }

  @Test
  void nothingCanBeChanged() {
    Map<String, List<String>> map = HttpHeaders.of("a", "1").asMap();
    assertThrows(UnsupportedOperationException.class, () -> map.remove("a"));
    List<String> values = map.get("a");
    assertThrows(UnsupportedOperationException.class, () -> values.add("2"));
  }
}
