package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.LegacySessions;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many clients that do no wrong: the others are served all the same. */
@Timeout(300)
class ManyPeersTest {
  private static final int SUBSCRIPTIONS = 1_000;
  private static final int SESSIONS = 20_000;

  @Test
  void aThousandSubscriptionsAtOnceAreToldAndLeaveNothingBehind() throws Exception {
    ChangeFeed feed = ChangeFeed.inProcess();
    AtomicInteger open = new AtomicInteger();
    McpServer server = McpServer.named("test", "1")
        .changes(new CountedFeed(feed, open))
        .tool(TestTools.echo())
        .resource(Resource.text("test://a", "a", "text/plain", "a"))
        .build();
    List<RawClient> clients = new ArrayList<>();
    try (McpHttpServer http = McpHttpServer.builder(server)
        .port(0)
        .maxSubscriptions(SUBSCRIPTIONS)
        .silence(Duration.ofMillis(500))
        .stopTimeout(Duration.ZERO)
        .start()) {
      HttpText listen = HttpText.post("{\"jsonrpc\":\"2.0\",\"id\":1,"
              + "\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":"
              + "{\"resourceSubscriptions\":[\"test://a\"]},\"_meta\":{"
              + HttpText.MODERN_META + "}}}")
          .header("MCP-Protocol-Version", "2026-07-28")
          .header("Mcp-Method", "subscriptions/listen");
      List<BufferedReader> streams = new ArrayList<>();
      for (int i = 0; i < SUBSCRIPTIONS; i++) {
        RawClient client = new RawClient(http.port());
        clients.add(client);
        client.send(listen);
        streams.add(client.lines(client.receiveHead()));
      }
      HttpText echo = HttpText.modernCall(1, "echo", "{\"text\":\"hi\"}");
      assertEquals(503, RawClient.exchange(http.port(), listen).status());
      assertEquals("hi", RawClient.exchange(http.port(), echo).text());
      for (BufferedReader stream : streams) {
        assertTrue(next(stream).contains("acknowledged"));
      }
      feed.publish(ChangeEvent.resourceUpdated("test://a"));
      for (BufferedReader stream : streams) {
        assertTrue(next(stream).contains("notifications/resources/updated"));
      }
      assertEquals("hi", RawClient.exchange(http.port(), echo).text());
      for (RawClient client : clients) {
        client.reset();
      }
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(3 * Waiting.SECONDS);
      while (open.get() > 0 && System.nanoTime() < end) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
      assertEquals(0, open.get(), "subscriptions of clients that are gone");
      assertEquals("hi", RawClient.exchange(http.port(), echo).text());
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  @Test
  void twentyThousandSessionsLiveSideBySide() throws Exception {
    StreamableHttp http = StreamableHttp.builder(TestTools.server(TestTools.echo()))
        .legacySessions(LegacySessions.DEFAULT.withMaxSessions(SESSIONS))
        .build();
    String initialize = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":"
        + "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
        + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}";
    String ping = HttpText.legacyPing(2).contentText();
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < SESSIONS; i++) {
      Answer answer = send(http, "POST", null, initialize);
      assertEquals(200, answer.status);
      ids.add(answer.headers.get("Mcp-Session-Id").orElseThrow());
    }
    assertEquals(SESSIONS, ids.size(), "different ids");
    assertEquals(503, send(http, "POST", null, initialize).status);
    for (String id : ids) {
      assertEquals(200, send(http, "POST", id, ping).status);
    }
    for (String id : ids) {
      assertEquals(204, send(http, "DELETE", id, "").status);
    }
    assertEquals(200, send(http, "POST", null, initialize).status);
  }

  private static Answer send(StreamableHttp http, String method, String session, String body)
      throws IOException {
    HttpHeaders.Builder headers = HttpHeaders.builder()
        .add("Host", "localhost")
        .add("Content-Type", "application/json")
        .add("Accept", "application/json, text/event-stream");
    if (session != null) {
      headers.add("Mcp-Session-Id", session);
    }
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Answer answer = new Answer();
    http.handle(
        new HttpRequest(method, "/mcp", headers.build(), HttpRequest.Body.of(bytes)), answer);
    return answer;
  }

  /** Status and headers of an answer without a network. */
  private static final class Answer implements HttpReply {
    private int status;
    private HttpHeaders headers;

    @Override
    public boolean isLive() {
      return true;
    }

    @Override
    public void send(int newStatus, HttpHeaders newHeaders, byte[] body) {
      status = newStatus;
      headers = newHeaders;
    }

    @Override
    public Stream stream(int newStatus, HttpHeaders newHeaders) {
      throw new AssertionError("a stream");
    }
  }

  private static String next(BufferedReader lines) throws Exception {
    String line = lines.readLine();
    while (line != null && !line.startsWith("data: ")) {
      line = lines.readLine();
    }
    return String.valueOf(line);
  }

  /** A feed that knows how many listen. */
  private record CountedFeed(ChangeFeed inner, AtomicInteger open) implements ChangeFeed {

    @Override
    public void publish(ChangeEvent event) {
      inner.publish(event);
    }

    @Override
    public Registration subscribe(Consumer<ChangeEvent> listener) {
      open.incrementAndGet();
      Registration registration = inner.subscribe(listener);
      return () -> {
        open.decrementAndGet();
        registration.close();
      };
    }
  }
}
