package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.fixtures.ServerSentEvents;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Answers that become event streams. */
class StreamTest {
  private static final Duration SHORT = Duration.ofMillis(20);
  private static final Duration FOREVER = Duration.ofDays(1);

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicReference<ToolCall> kept = new AtomicReference<>();

  private final McpServer server = TestTools.server(
      TestTools.tool("steps", (none, call) -> {
        kept.set(call);
        for (int step = 1; step <= 3; step++) {
          call.progress(step, 3, "Schritt für Schritt 🦜");
        }
        return ToolResult.text("fertig 🦜");
      }),
      TestTools.tool("wait", (none, call) -> {
        call.progress(1, 0, null);
        started.countDown();
        Waiting.await(release);
        return ToolResult.text("done");
      }));

  private McpHttpServer http;

  private RawClient connect(Duration silence) throws IOException {
    if (http == null) {
      http = McpHttpServer.builder(server).port(0).silence(silence).start();
    }
    return new RawClient(http.port());
  }

  @AfterEach
  void stop() {
    release.countDown();
    if (http != null) {
      http.close();
    }
  }

  private static void assertIsStream(HttpAnswer head) {
    assertEquals(200, head.status());
    String type = head.header("content-type").toLowerCase(Locale.ROOT).replace(" ", "");
    assertTrue(
        type.equals("text/event-stream") || type.equals("text/event-stream;charset=utf-8"), type);
    assertEquals("no", head.header("x-accel-buffering"));
    assertTrue(head.header("cache-control").contains("no-cache"), head::toString);
    assertNull(head.header("content-length"));
    assertNull(head.header("content-encoding"));
  }

  @Test
  void progressComesFirstAndTheAnswerLast() throws Exception {
    for (HttpText request : List.of(
        HttpText.modernCallWithProgress(1, "steps"), HttpText.legacyCallWithProgress(1, "steps"))) {
      try (RawClient client = connect(FOREVER)) {
        HttpAnswer answer = client.exchange(request); // to the end of the stream
        assertIsStream(answer);
        List<JsonNode> messages = ServerSentEvents.messages(answer.body());
        assertEquals(4, messages.size(), answer::body);
        for (int step = 1; step <= 3; step++) {
          JsonNode progress = messages.get(step - 1);
          assertEquals("notifications/progress", progress.path("method").textValue());
          assertEquals(7, progress.at("/params/progressToken").intValue());
          assertEquals(step, progress.at("/params/progress").intValue());
          assertEquals("Schritt für Schritt 🦜", progress.at("/params/message").textValue());
        }
        assertEquals(1, messages.get(3).path("id").intValue());
        assertEquals("fertig 🦜", HttpAnswer.text(messages.get(3)));

        kept.get().progress(4, 4, "too late");
        // The connection is the next request's, and nothing stands before its answer
        assertEquals(200, client.exchange(HttpText.legacyPing(2)).status());
      }
    }
  }

  @Test
  void progressArrivesWhileTheCallRuns() throws Exception {
    try (RawClient client = connect(FOREVER)) {
      client.send(HttpText.modernCallWithProgress(1, "wait"));
      HttpAnswer head = client.receiveHead();
      assertIsStream(head);
      BufferedReader lines = client.lines(head);
      assertTrue(nextData(lines).contains("notifications/progress"));
      release.countDown();
      assertEquals("done", HttpAnswer.text(HttpAnswer.parse(nextData(lines))));
      assertTrue(lines.lines().allMatch(String::isEmpty), "something comes after the answer");
    }
  }

  private static String nextData(BufferedReader lines) throws IOException {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith("data:")) {
        return line.substring(5).strip();
      }
    }
    throw new AssertionError("the stream has ended");
  }

  private static void awaitComments(BufferedReader lines, int count) throws IOException {
    for (int i = 0; i < count; ) {
      String line = lines.readLine();
      assertTrue(line != null, "the stream has ended");
      assertTrue(line.isEmpty() || line.startsWith(":"), line);
      if (line.startsWith(":")) {
        i++;
      }
    }
  }

  @Test
  void silentModernCallIsPromotedAndKeptAliveByComments() throws Exception {
    try (RawClient client = connect(SHORT)) {
      client.send(HttpText.modernCall(1, "wait", "{}"));
      HttpAnswer head = client.receiveHead();
      assertIsStream(head);
      BufferedReader lines = client.lines(head);
      awaitComments(lines, 3);
      release.countDown();
      JsonNode answer = HttpAnswer.parse(nextData(lines));
      assertEquals(1, answer.path("id").intValue());
      assertEquals("done", HttpAnswer.text(answer));
      assertTrue(lines.lines().allMatch(String::isEmpty), "something comes after the answer");
      assertEquals(200, client.exchange(HttpText.legacyPing(2)).status());
    }
  }

  @Test
  void commentsGoOnAfterProgress() throws Exception {
    try (RawClient client = connect(SHORT)) {
      client.send(HttpText.modernCallWithProgress(1, "wait"));
      HttpAnswer head = client.receiveHead();
      assertIsStream(head);
      BufferedReader lines = client.lines(head);
      assertTrue(nextData(lines).contains("notifications/progress"));
      awaitComments(lines, 2);
    }
  }

  @Test
  void legacyCallIsNotPromoted() throws Exception {
    assertStaysJson(HttpText.legacyCall(1, "wait", "{}"));
  }

  @Test
  void callOfAClientThatTakesNoEventsIsNotPromoted() throws Exception {
    assertStaysJson(HttpText.modernCall(1, "wait", "{}").header("Accept", "application/json"));
  }

  @Test
  void progressIsNotSentToAClientThatTakesNoEvents() throws Exception {
    assertStaysJson(
        HttpText.modernCallWithProgress(1, "wait").header("Accept", "application/json"));
  }

  /** Comments of a call that was made later show that the silence lasted long enough. */
  private void assertStaysJson(HttpText request) throws Exception {
    try (RawClient client = connect(SHORT);
        RawClient clock = connect(SHORT)) {
      client.send(request);
      Waiting.await(started);
      clock.send(HttpText.modernCall(2, "wait", "{}"));
      HttpAnswer head = clock.receiveHead();
      awaitComments(clock.lines(head), 3);
      release.countDown();
      HttpAnswer answer = client.receive();
      assertEquals(200, answer.status());
      assertEquals("done", answer.text());
      assertFalse(answer.headers().containsKey("x-accel-buffering"));
    }
  }

  @Test
  void clientThatTakesOnlyEventsGetsItsAnswerAsOne() throws Exception {
    try (RawClient client = connect(FOREVER)) {
      HttpAnswer answer =
          client.exchange(HttpText.legacyPing(1).header("Accept", "text/event-stream"));
      assertIsStream(answer);
      assertEquals(1, ServerSentEvents.messages(answer.body()).get(0).path("id").intValue());
      HttpAnswer error = client.exchange(HttpText.post("?").header("Accept", "text/event-stream"));
      assertEquals(400, error.status());
      assertEquals(-32700, error.error());
    }
  }

  @Test
  void streamOfAnOldHttpClientEndsWithItsConnection() throws Exception {
    try (RawClient client = connect(FOREVER)) {
      String request = new String(
          HttpText.modernCallWithProgress(1, "steps").bytes(),
          java.nio.charset.StandardCharsets.ISO_8859_1);
      client.send(request.replace(" HTTP/1.1\r\n", " HTTP/1.0\r\n"));
      HttpAnswer answer = client.receive();
      assertEquals(4, ServerSentEvents.messages(answer.body()).size(), answer::toString);
    }
  }
}
