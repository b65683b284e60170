package dev.statelessmcp.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** BigDecimal, which is expensive to initialize, is initialized with the tools that need it. */
class DecimalsTest {

  record Words(String word, boolean loud) {}

  record Numbers(int count) {}

  @ParameterizedTest
  @CsvSource({"words, false", "numbers, true", "schema, true"})
  void aToolThatTakesNumbersHasThemReadyBeforeItsFirstCall(String tool, boolean ready)
      throws Exception {
    Process process = new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xlog:class+init=info",
            "-cp",
            System.getProperty("java.class.path"),
            Server.class.getName(),
            tool))
        .redirectErrorStream(true)
        .start();
    try {
      String log = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertTrue(log.contains("Initializing 'dev/statelessmcp/McpServer'"), log);
      assertEquals(ready, log.contains("Initializing 'java/math/BigDecimal'"));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Makes a server of one tool, and calls nothing. */
  static final class Server {
    public static void main(String[] args) {
      Tool tool = switch (args[0]) {
        case "words" -> Tool.of("t", "", Words.class, (in, call) -> ToolResult.text(""));
        case "numbers" -> Tool.of("t", "", Numbers.class, (in, call) -> ToolResult.text(""));
        default ->
          Tool.ofSchema(
              "t",
              "",
              "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"number\"}}}",
              (in, call) -> ToolResult.text(""));
      };
      McpServer.named("test", "1").tool(tool).build();
    }
  }
}
