package dev.statelessmcp.resource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriTemplateTest {

  private static Optional<Map<String, String>> match(String template, String uri) {
    return UriTemplate.parse(template).match(uri);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:///{x}|a:///b|{x=b}",
        "a:///{x}|a:///b.c~-_!$&|{x=b.c~-_!$&}",
        "a:///{x}|a:///b?c=d#e|{x=b?c=d#e}",
        "a:///{x}|a:///%41%20%c3%a9|{x=A \u00e9}",
        "a:///{x}|a:///%2541|{x=%41}",
        "a:///{x}|a:///...|{x=...}",
        "a:///{x}.txt|a:///b.txt.txt|{x=b.txt}",
        "a:///{x}/c|a:///b/c|{x=b}",
        "a:///{x}-{y}|a:///b-c-d|{x=b, y=c-d}",
        "a:///{x}/{y}|a:///b/c|{x=b, y=c}",
        "a:///{x}/{y}/{z}.json|a:///1/2/3.json|{x=1, y=2, z=3}",
        "a:///{+x}|a:///b/c/d|{x=b/c/d}",
        "a:///{+x}|a:///b%2Fc|{x=b/c}",
        "a:///{+x}|a:///b/..c/d..|{x=b/..c/d..}",
        "a:///{+x}.md|a:///b/c.md|{x=b/c}",
        "a:///{y}/{+x}|a:///b/c/d|{y=b, x=c/d}",
        "a:///{+dir}/{name}|a:///b/c/d|{dir=b/c, name=d}",
        "{scheme}:///b|file:///b|{scheme=file}",
        "a:///{x.y_1}|a:///b|{x.y_1=b}"
      })
  void matches(String template, String uri, String variables) {
    assertEquals(variables, match(template, uri).orElse(Map.of()).toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a:///{x}|a:///",
        "a:///{x}|b:///c",
        "a:///{x}|a:///b/c",
        "a:///{x}|a:///b%2fc",
        "a:///{x}|a:///b%2Fc",
        "a:///{x}|a:///b%5cc",
        "a:///{x}|a:///..",
        "a:///{x}|a:///.",
        "a:///{x}|a:///%2e%2e",
        "a:///{x}|a:///%2E.",
        "a:///{x}|a:///%00",
        "a:///{x}|a:///%",
        "a:///{x}|a:///%4",
        "a:///{x}|a:///%4g",
        "a:///{x}|a:///%+4",
        "a:///{x}|a:///%ff",
        "a:///{x}|a:///%c0%ae%c0%ae",
        "a:///{x}|a:///%ed%a0%80",
        "a:///{x}.txt|a:///.txt",
        "a:///{x}.txt|a:///b.TXT",
        "a:///{x}/c|a:///b/d",
        "a:///{x}-{y}|a:///b-",
        "a:///{x}-{y}|a:///-b",
        "a:///{x}aa{y}aa|a:///baaa",
        "a:///{+x}|a:///b/../c",
        "a:///{+x}|a:///b/%2e%2e/c",
        "a:///{+x}|a:///b%2f..%2fc",
        "a:///{+x}|a:///b\\..\\c",
        "a:///{+x}|a:///b/./c",
        "a:///{+x}|a:////etc/passwd",
        "a:///{+x}|a:///%2fetc/passwd",
        "a:///{+x}|a:///%5c%5cserver/share",
        "a:///{+x}|a:///b/.."
      })
  void doesNotMatch(String template, String uri) {
    assertEquals(Optional.empty(), match(template, uri));
  }

  @Test
  void percentSignIsAnEscapeInAsciiDigitsAlone() {
    assertEquals(Optional.empty(), match("a:///{x}", "a:///%\u0664\u0661"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a:///b",
        "a:///{",
        "a:///{x",
        "a:///{}",
        "a:///{+}",
        "a:///{x}{y}",
        "a:///{x}/{x}",
        "a:///{?x}",
        "a:///{/x}",
        "a:///{#x}",
        "a:///{x*}",
        "a:///{x:3}",
        "a:///{x,y}",
        "a:///{x y}",
        "a:///{\u00e9}",
        "a:///x}/{y}",
        "a:///{x}/y}"
      })
  void otherTemplatesAreRefused(String template) {
    assertThrows(IllegalArgumentException.class, () -> UriTemplate.parse(template));
  }

  @Test
  void variablesAreInOrder() {
    assertEquals(List.of("y", "x"), UriTemplate.parse("a:///{y}/{+x}").variables());
  }

  @Test
  void noUriIsSlow() {
    String many = "a".repeat(1_000_000);
    assertTimeout(Duration.ofSeconds(5), () -> {
      for (String template : List.of("a:{+x}b", "a:{+x}a{y}a{z}b", "a:{x}aaaa{y}aaab{z}")) {
        match(template, "a:" + many);
        match(template, "a:" + many + "b");
        match(template, "a:" + "/.".repeat(500_000));
        match(template, "a:" + "%61".repeat(300_000));
      }
    });
  }

  /** A handler that makes a path of it must not be led out of its folder. */
  @Test
  void valuesAreNotAbsolutePathsOrStepsUpwards() {
    for (String uri : List.of(
        "file:////etc/passwd",
        "file:///%2Fetc/passwd",
        "file:///a/../../etc/passwd",
        "file:///a/%2e%2e/b",
        "file:///%5Cetc")) {
      String path = match("file:///{+path}", uri).map(v -> v.get("path")).orElse("inside");
      assertTrue(
          java.nio.file.Path.of("/srv/files").resolve(path).normalize().startsWith("/srv/files")
              && !path.startsWith("\\"),
          uri + " gives " + path);
    }
  }
}
