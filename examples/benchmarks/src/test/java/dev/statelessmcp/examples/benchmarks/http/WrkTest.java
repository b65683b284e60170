package dev.statelessmcp.examples.benchmarks.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is read of wrk, and what it is given. */
class WrkTest {

  @Test
  void readsTheLineOfTheScript() throws IOException {
    Wrk run = Wrk.parse("Running 5s test\n  1 threads\nRESULT 5000 2500000 1250 0\n");
    assertEquals(new Wrk(5_000, 2.5, 1.25), run);
    assertEquals(2_000, run.perSecond());
  }

  @Test
  void failsIfARequestFailed() {
    IOException failure =
        assertThrows(IOException.class, () -> Wrk.parse("RESULT 5000 2500000 1250 3"));
    assertEquals("wrk had errors: RESULT 5000 2500000 1250 3", failure.getMessage());
  }

  @Test
  void failsWithoutAResult() {
    IOException failure = assertThrows(IOException.class, () -> Wrk.parse("unable to connect"));
    assertEquals("wrk failed: unable to connect", failure.getMessage());
  }

  @Test
  void theScriptMakesTheMessage() {
    String script = Wrk.script(new ToolCall(
        URI.create("http://127.0.0.1:1/mcp"), Map.of("Mcp-Name", "echo"), "{\"a\":\"", 7, "\"}"));
    assertTrue(script.contains("wrk.headers[\"Mcp-Name\"] = \"echo\"\n"), script);
    assertTrue(
        script.contains("wrk.body = [[{\"a\":\"]] .. string.rep(\"x\", 7) .. [[\"}]]\n"), script);
  }
}
