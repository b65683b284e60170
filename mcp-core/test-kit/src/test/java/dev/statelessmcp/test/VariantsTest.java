package dev.statelessmcp.test;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A record as the structured content of a tool that returns a sealed interface, or the record. */
class VariantsTest {

  sealed interface Sky permits Clear, Cloudy {}

  record Clear() implements Sky {}

  record Cloudy(int percent) implements Sky {}

  private final McpTestClient client = McpTestClient.of(McpServer.named("skies", "1")
      .tool(Tool.of("any", "Any sky", NoArguments.class, Sky.class, (none, call) -> new Cloudy(5)))
      .tool(Tool.of(
          "cloudy", "This sky", NoArguments.class, Cloudy.class, (none, call) -> new Cloudy(5)))
      .build());

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void recordStandsForItsVariantWhereTheSchemaHasVariants(boolean checked) {
    McpTestClient each = checked ? client : client.unchecked();
    each.call("any")
        .hasStructured("{\"kind\":\"cloudy\",\"percent\":5}")
        .hasStructured(new Cloudy(5));
    each.call("cloudy").hasStructured("{\"percent\":5}").hasStructured(new Cloudy(5));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anotherVariantIsAnotherContent(boolean clear) {
    TestAnswer answer = client.call("any");
    AssertionError failure = assertThrows(
        AssertionError.class, () -> answer.hasStructured(clear ? new Clear() : new Cloudy(6)));
    String difference = clear
        ? "structuredContent.kind must be \"clear\", was \"cloudy\""
        : "structuredContent.percent must be 6, was 5";
    assertTrue(failure.getMessage().startsWith(difference), failure.getMessage());
  }
}
