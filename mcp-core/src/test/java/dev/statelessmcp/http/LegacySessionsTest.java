package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.statelessmcp.McpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

/** The settings of sessions, and where there are none whatever they say. */
class LegacySessionsTest {
  private static final String INITIALIZE = """
      {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
      "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

  @Test
  void settingsAreChangedOneByOne() {
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    LegacySessions settings = LegacySessions.DEFAULT
        .withMaxSessions(2)
        .withIdleExpiry(Duration.ofMinutes(3))
        .withMaxQuestions(4)
        .withClock(clock);
    assertEquals(new LegacySessions(2, Duration.ofMinutes(3), 4, clock), settings);
    assertEquals(1000, LegacySessions.DEFAULT.maxSessions());
    assertEquals(Duration.ofMinutes(30), LegacySessions.DEFAULT.idleExpiry());
  }

  @Test
  void limitsThatLeaveNoRoomAreRefused() {
    LegacySessions settings = LegacySessions.DEFAULT;
    assertThrows(IllegalArgumentException.class, () -> settings.withMaxSessions(0));
    assertThrows(IllegalArgumentException.class, () -> settings.withMaxQuestions(0));
    assertThrows(IllegalArgumentException.class, () -> settings.withIdleExpiry(Duration.ZERO));
    Duration negative = Duration.ofSeconds(-1);
    assertThrows(IllegalArgumentException.class, () -> settings.withIdleExpiry(negative));
    assertThrows(NullPointerException.class, () -> settings.withClock(null));
  }

  /** As on AWS Lambda. */
  @Test
  void noSessionStartsIfAnswersAreCollected() throws IOException {
    StreamableHttp endpoint = StreamableHttp.builder(McpServer.named("n", "1").build())
        .legacySessions(LegacySessions.DEFAULT)
        .build();
    FakeReply reply = new FakeReply();
    reply.live = false;
    endpoint.handle(request("POST", INITIALIZE), reply);
    assertEquals(200, reply.status);
    assertNull(reply.header("Mcp-Session-Id"));
    for (String method : new String[] {"GET", "DELETE"}) {
      FakeReply refused = new FakeReply();
      refused.live = false;
      endpoint.handle(request(method, ""), refused);
      assertEquals(405, refused.status);
    }
  }

  /** A thousand sessions of which each keeps a few megabytes would be too many. */
  @Test
  void sessionKeepsOnlySoMuchOfItsClient() throws IOException {
    StreamableHttp endpoint = StreamableHttp.builder(McpServer.named("n", "1").build())
        .legacySessions(LegacySessions.DEFAULT.withMaxSessions(1))
        .build();
    String large = "\"x\":\"" + "x".repeat(70_000) + "\"";
    for (String initialize : new String[] {
      INITIALIZE.replace("\"capabilities\":{}", "\"capabilities\":{" + large + "}"),
      INITIALIZE.replace("\"name\":\"test\"", "\"name\":\"test" + "x".repeat(70_000) + "\"")
    }) {
      FakeReply refused = new FakeReply();
      endpoint.handle(request("POST", initialize), refused);
      assertNull(refused.header("Mcp-Session-Id"));
      String body = refused.body();
      assertEquals(true, body.contains("-32602") && body.contains("65536 bytes"), body);
    }
    FakeReply reply = new FakeReply();
    endpoint.handle(request("POST", INITIALIZE), reply);
    assertNotNull(reply.header("Mcp-Session-Id")); // the refused ones have left no session behind
  }

  private static HttpRequest request(String method, String body) {
    HttpHeaders headers = HttpHeaders.of(
        "Host", "localhost", "Content-Type", "application/json", "Mcp-Session-Id", "made-up");
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return new HttpRequest(method, "/", headers, HttpRequest.Body.of(bytes));
  }
}
