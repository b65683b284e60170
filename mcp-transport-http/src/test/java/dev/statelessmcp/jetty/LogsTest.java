package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.testing.RecordedLog;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A line for each request and each refusal, of Jetty's own too; and what is answered then. */
class LogsTest {
  private static final String SECRET = "hunter2";
  private static final String MODERN = " requestId=1 transport=http era=modern revision=2026-07-28";

  private final RecordedLog log = RecordedLog.ofRequests();
  private final RecordedLog failures = RecordedLog.ofFailures();
  private McpHttpServer http;

  @AfterEach
  void stop() {
    log.close();
    failures.close();
    http.close();
  }

  private void start(boolean logs, Authenticator authenticator) throws IOException {
    McpServer server = McpServer.named("n", "1")
        .requestLog(logs)
        .tool(TestTools.echo())
        .tool(TestTools.tool("refuses", (none, call) -> {
          throw new ToolException(SECRET);
        }))
        .tool(TestTools.tool("memory", (none, call) -> {
          throw new OutOfMemoryError("not really");
        }))
        .tool(TestTools.tool("deep", (none, call) -> {
          throw new StackOverflowError();
        }))
        .tool(TestTools.tool("quiet", (none, call) -> ToolResult.text("")))
        .build();
    http = McpHttpServer.builder(server)
        .port(0)
        .authenticator(authenticator)
        .silence(Duration.ofDays(1))
        .start();
  }

  private HttpAnswer send(HttpText request) throws IOException {
    return RawClient.exchange(http.port(), request);
  }

  /** Waits for the line, which may be written after the answer and so after the next line. */
  private void logged(HttpText request) throws IOException, InterruptedException {
    int lines = log.lines().size();
    send(request);
    assertEquals(lines + 1, log.lines(lines + 1).size());
  }

  @Test
  void eachCallHasALineWithWhatBecameOfIt() throws Exception {
    start(true, Authenticator.NONE);
    logged(HttpText.modernCall(1, "echo", "{\"text\":\"" + SECRET + "\"}"));
    logged(HttpText.modernCall(1, "refuses", "{}"));
    logged(HttpText.modernCall(1, "nobody", "{}"));
    logged(HttpText.legacyCall(2, "quiet", "{}").header("User-Agent", "curl/8"));
    assertEquals(
        List.of(
            "INFO method=tools/call tool=echo outcome=ok" + MODERN + " client=\"test 1\"",
            "WARNING method=tools/call tool=refuses outcome=tool_error" + MODERN
                + " client=\"test 1\"",
            "WARNING method=tools/call tool=nobody outcome=error errorCode=-32602" + MODERN
                + " client=\"test 1\"",
            "INFO method=tools/call tool=quiet outcome=ok requestId=2 transport=http era=legacy"
                + " revision=2025-11-25 client=curl/8"),
        log.lines(4));
  }

  @Test
  void eachRefusalHasALineWithItsReason() throws Exception {
    start(
        true,
        request -> request.headers().get("Authorization").isEmpty()
            ? Authenticator.unauthorized("Bearer")
            : Authenticator.accepted(Caller.of("ann")));
    HttpText call = HttpText.modernCall(1, "echo", "{\"text\":\"a\"}");
    logged(call.header("Authorization", null));
    call.header("Authorization", "Bearer " + SECRET);
    logged(call.header("Host", "evil.example"));
    call.header("Host", "localhost");
    logged(call.header("Origin", "https://evil.example"));
    call.header("Origin", null);
    logged(call.at("/other"));
    logged(HttpText.of("PUT", "/mcp").header("Authorization", "Bearer a"));
    logged(HttpText.post("{\"text\":").header("Authorization", "Bearer a"));
    logged(HttpText.post("[]").header("Authorization", "Bearer a"));
    logged(call.header("Content-Type", "text/plain"));
    call.header("Content-Type", "application/json");
    logged(call.header("Mcp-Name", "another"));
    call.header("Mcp-Name", "echo");
    logged(call.header("X-Long", "x".repeat(40_000)));
    List<String> lines = log.lines(10);
    String[] expected = {
      "status=401 errorCode=-32600 reason=Unauthorized",
      "status=403 errorCode=-32600 reason=\"The Host header \\\"evil.example\\\" is not allowed;"
          + " the setting is allowedHosts\"",
      "status=403 errorCode=-32600 reason=\"The Origin header \\\"https://evil.example\\\" is not"
          + " allowed; the setting is allowedOrigins\"",
      "status=404 errorCode=-32600 reason=\"There is no MCP endpoint at /other; it is at /mcp\"",
      "status=405 errorCode=-32600 reason=\"Method PUT is not allowed",
      "status=400 errorCode=-32700 reason=\"Parse error",
      "status=400 errorCode=-32600 reason=\"Invalid request: a batch must have",
      "status=415 errorCode=-32600 reason=\"The Content-Type must be application/json",
      "method=tools/call tool=echo outcome=refused status=400 errorCode=-32020 reason=\"Header"
          + " mismatch",
      "status=431 errorCode=-32600 reason=\"Request Header Fields Too Large"
    };
    assertEquals(expected.length, lines.size(), lines::toString);
    for (int i = 0; i < expected.length; i++) {
      String line = lines.get(i);
      assertTrue(
          line.startsWith("WARNING ") && line.contains(expected[i]) && !line.contains(SECRET),
          line + " instead of " + expected[i]);
    }
  }

  @Test
  void aClientCannotAddALogLine() throws Exception {
    start(true, Authenticator.NONE);
    send(HttpText.legacyCall(1, "x\\n2026 INFO outcome=ok\\u2028\\u001b[2J", "{}"));
    send(HttpText.post("{\"jsonrpc\":\"2.0\",\"id\":\"a\\nb\",\"method\":\"c\\r\\nd\"}"));
    for (String line : log.lines(2)) {
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
    }
  }

  @Test
  void nothingIsLoggedIfTheLogIsOff() throws Exception {
    start(false, Authenticator.NONE);
    McpTestClient.http(http.uri()).call("echo", Map.of("text", "a")).isOk();
    send(HttpText.post("x"));
    assertEquals(List.of(), log.lines());
  }

  @Test
  void anExhaustedHeapOrStackIsAnsweredWithTheIdAndLogged() throws Exception {
    start(false, Authenticator.NONE);
    McpTestClient modern = McpTestClient.http(http.uri());
    int calls = 0;
    for (String tool : List.of("memory", "deep")) {
      for (McpTestClient client : List.of(modern, modern.legacy())) {
        client.call(tool).hasStatus(200).hasError(ErrorCode.INTERNAL_ERROR);
        String line = failures.lines(++calls).get(calls - 1);
        assertTrue(line.endsWith(": tools/call " + tool + " failed"), line);
      }
    }
    modern.call("quiet").hasStatus(200).isOk();
  }

  /** A server in a separate process, whose class path has Jetty and no SLF4J provider. */
  static final class Quiet {
    private Quiet() {}

    public static void main(String[] arguments) throws IOException {
      McpServer server = McpServer.named("n", "1").build();
      try (McpHttpServer http = McpHttpServer.builder(server).port(0).start()) {
        org.slf4j.LoggerFactory.getLogger("org.eclipse.jetty.test").info("not shown");
        org.slf4j.LoggerFactory.getLogger("org.eclipse.jetty.test").warn("a {} one", "shown");
        System.out.println("at " + http.port());
      }
    }
  }

  @Test
  void aServerWithoutAProviderOfSlf4jStartsSilently() throws Exception {
    start(false, Authenticator.NONE);
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Quiet.class.getName())
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    assertTrue(!output.contains("SLF4J") && !output.contains("not shown"), output);
    assertTrue(output.contains("org.eclipse.jetty.test"), output);
    assertTrue(output.contains("a shown one"), output);
    assertTrue(output.contains("at "), output);
  }
}
