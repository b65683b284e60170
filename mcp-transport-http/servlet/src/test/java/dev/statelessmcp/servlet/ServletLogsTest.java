package dev.statelessmcp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.jetty.HttpAnswer;
import dev.statelessmcp.jetty.HttpText;
import dev.statelessmcp.jetty.RawClient;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.testing.RecordedLog;
import dev.statelessmcp.testing.TestTools;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The log lines of what a servlet refuses, and the answer where it fails. */
class ServletLogsTest {
  private final RecordedLog log = RecordedLog.ofRequests();
  private final RecordedLog failures = RecordedLog.ofFailures();
  private volatile RuntimeException fault; // null for none
  private static final int LIMIT = 50_000;

  private Container container;

  @BeforeEach
  void start() throws Exception {
    McpServer server =
        McpServer.named("test", "1").requestLog(true).tool(TestTools.echo()).build();
    McpServlet servlet = new McpServlet(StreamableHttp.builder(server)
        .path("/mcp")
        .limits(JsonLimits.DEFAULT.withMaxBytes(LIMIT))
        .authenticator(request -> {
          RuntimeException failure = fault;
          if (failure != null) {
            throw failure;
          }
          return Authenticator.NONE.authenticate(request);
        })
        .build());
    servlet.setReceiveTimeout(Duration.ofSeconds(1));
    servlet.setMaxBytesInFlight(LIMIT);
    container = new TomcatContainer(servlet);
  }

  @AfterEach
  void stop() throws Exception {
    log.close();
    failures.close();
    container.stop();
  }

  private HttpAnswer send(HttpText request) throws Exception {
    return RawClient.exchange(container.port(), request);
  }

  @Test
  void eachRefusalHasALineWithItsReason() throws Exception {
    assertEquals(
        403, send(HttpText.legacyPing(1).header("Host", "evil.example")).status());
    assertEquals(
        415, send(HttpText.legacyPing(1).header("Content-Type", "text/plain")).status());
    assertEquals(400, send(HttpText.post("{")).status());
    int unreadable = 1;
    try (RawClient slow = new RawClient(container.port())) {
      String content = " ".repeat(LIMIT - 5000);
      slow.send(HttpText.post(content).header("Content-Length", String.valueOf(LIMIT)));
      while (send(HttpText.post(content)).status() != 503) {
        unreadable++; // what the slow client has sent is still on its way
      }
      assertEquals(408, slow.receive().status());
    }
    String[] expected = {
      "status=403 errorCode=-32600 reason=\"The Host header \\\"evil.example\\\" is not allowed",
      "status=415 errorCode=-32600 reason=\"The Content-Type must be application/json",
      "status=400 errorCode=-32700 reason=\"Parse error",
      "status=408 errorCode=-32600 reason=\"The content did not arrive; the setting is receiveTimeout",
      "status=503 errorCode=-32603 reason=\"The server is busy; the setting is maxBytesInFlight"
    };
    List<String> lines = log.lines(expected.length - 1 + unreadable);
    assertEquals(expected.length - 1 + unreadable, lines.size(), lines::toString);
    for (String line : expected) {
      assertTrue(
          lines.stream()
              .anyMatch(logged -> logged.contains("outcome=refused " + line)
                  && logged.contains(" transport=http ")),
          () -> line + " is not in " + lines);
    }
    assertEquals(List.of(), failures.lines());
  }

  @Test
  void failureIsAnsweredWithoutItsReasonAndLogged() throws Exception {
    fault = new IllegalStateException("the key store is locked");
    HttpAnswer answer = send(HttpText.legacyPing(1));
    assertEquals(500, answer.status());
    assertEquals(-32603, answer.error());
    assertTrue(!answer.body().contains("key store"), answer::body);
    assertEquals(1, failures.lines(1).size(), failures.lines()::toString);
    assertEquals(
        "the key store is locked", failures.records().get(0).getThrown().getMessage());
    fault = null;
    assertEquals(200, send(HttpText.legacyPing(2)).status());
  }
}
