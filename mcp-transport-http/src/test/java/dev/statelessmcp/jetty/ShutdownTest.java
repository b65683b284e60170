package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.tool.ToolResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** SIGTERM to a process with the code of the quick start. */
@Execution(ExecutionMode.CONCURRENT) // they wait
class ShutdownTest {

  /** The process: prints its port, and serves a call that takes as long as its argument says. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws Exception {
      long callMillis = Long.parseLong(args[0]);
      try (McpHttpServer http = McpHttpServer.builder(
              TestTools.server(TestTools.tool("slow", (none, call) -> {
                System.out.println("called");
                TimeUnit.MILLISECONDS.sleep(callMillis);
                return ToolResult.text("done");
              })))
          .port(0)
          .stopTimeout(Duration.ofSeconds(2))
          .start()) {
        System.out.println(http.port());
        http.join();
      }
    }
  }

  private static Process start(long callMillis) throws IOException {
    return new ProcessBuilder(List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Program.class.getName(),
            Long.toString(callMillis)))
        .start();
  }

  @Test
  void callInFlightIsAnswered() throws Exception {
    Process process = start(500);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        RawClient client = new RawClient(Integer.parseInt(out.readLine()))) {
      client.send(HttpText.legacyCall(1, "slow", "{}"));
      assertEquals("called", out.readLine());
      process.toHandle().destroy(); // SIGTERM, and the streams stay open
      assertEquals("done", client.receive().text());
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertFalse(errors(process).contains("aborted"));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void callThatTakesTooLongIsAbortedAndLogged() throws Exception {
    Process process = start(60_000);
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
        RawClient client = new RawClient(Integer.parseInt(out.readLine()))) {
      client.send(HttpText.legacyCall(1, "slow", "{}"));
      assertEquals("called", out.readLine());
      process.toHandle().destroy(); // SIGTERM, and the streams stay open
      assertTrue(process.waitFor(20, TimeUnit.SECONDS));
      assertTrue(errors(process).contains("longer than PT2S (stopTimeout): 1"));
      assertThrows(IOException.class, client::receive);
    } finally {
      process.destroyForcibly();
    }
  }

  private static String errors(Process process) throws IOException {
    try (BufferedReader errors = new BufferedReader(
        new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
      return String.join("\n", errors.lines().toList());
    }
  }
}
