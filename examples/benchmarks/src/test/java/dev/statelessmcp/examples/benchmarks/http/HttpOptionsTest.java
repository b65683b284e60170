package dev.statelessmcp.examples.benchmarks.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The options of the command line. */
class HttpOptionsTest {

  @Test
  void measuresEverythingByDefault() {
    HttpOptions options = HttpOptions.parse();
    assertEquals(List.of(Contender.values()), options.contenders());
    assertEquals(List.of(Scenario.values()), options.scenarios());
    assertEquals(5, options.rounds());
    assertEquals(5, options.seconds());
    assertEquals(List.of(Path.of(System.getProperty("java.home"))), options.javaHomes());
  }

  @Test
  void takesWhatIsGiven() {
    HttpOptions options = HttpOptions.parse(
        "--rounds",
        "2",
        "--seconds",
        "3",
        "--java",
        "a",
        "--java",
        "b",
        "--server",
        "sdk",
        "--case",
        "4mb",
        "--out",
        "c");
    assertEquals(
        new HttpOptions(
            2,
            3,
            List.of(Path.of("a"), Path.of("b")),
            List.of(Contender.SDK),
            List.of(Scenario.MB_4),
            false,
            Path.of("c")),
        options);
  }

  @Test
  void shorterCallsMeasureLess() {
    HttpOptions options = HttpOptions.parse("--quick", "--seconds", "4");
    assertTrue(options.quick());
    assertEquals(3, options.rounds());
    assertEquals(4, options.seconds());
    assertEquals(2, HttpOptions.parse("--server", "bare", "--quick").seconds());
    assertFalse(HttpOptions.parse().quick());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      --rounds 0     | --rounds must be a number of at least 1, was "0"
      --seconds x    | --seconds must be a number of at least 1, was "x"
      --server jetty | --server must be one of [stateless-mcp, bare, sdk, quarkus], was "jetty"
      --case         | --case needs a value
      --colour red   | unknown option "--colour"
      """)
  void saysWhatIsNotValid(String words, String message) {
    IllegalArgumentException failure =
        assertThrows(IllegalArgumentException.class, () -> HttpOptions.parse(words.split(" ")));
    assertEquals(message, failure.getMessage());
  }
}
