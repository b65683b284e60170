package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What load balancers are told of a server. */
class HealthTest {
  private final McpServer server = TestTools.server();

  private static HttpText health() {
    return HttpText.of("GET", "/health");
  }

  @Test
  void runningServerIsUpWithoutAuthentication() throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(server)
            .port(0)
            .authenticator(request -> Authenticator.unauthorized("Bearer"))
            .health("/health")
            .start();
        RawClient client = new RawClient(http.port())) {
      HttpAnswer answer = client.exchange(health().header("Host", "10.0.0.7:8000"));
      assertEquals(200, answer.status());
      assertEquals("{\"status\":\"up\"}", answer.body());
      assertEquals("no-store", answer.header("cache-control"));
      assertEquals(401, client.exchange(HttpText.legacyPing(1)).status());
    }
  }

  @Test
  void stoppingServerTakesCallsUntilItHasDrained() throws Exception {
    McpHttpServer http = McpHttpServer.builder(server)
        .port(0)
        .health("/health")
        .drainTime(Duration.ofHours(1))
        .start();
    int port = http.port();
    try (RawClient client = new RawClient(port)) {
      Thread stopping = new Thread(http::close);
      stopping.start();
      HttpAnswer answer = client.exchange(health());
      while (answer.status() == 200) {
        Thread.onSpinWait();
        answer = client.exchange(health());
      }
      assertEquals(503, answer.status());
      assertEquals("{\"status\":\"stopping\"}", answer.body());
      assertEquals(200, client.exchange(HttpText.legacyPing(1)).status());
      stopping.interrupt(); // who stops the server does not want to wait
      stopping.join(Duration.ofSeconds(Waiting.SECONDS).toMillis());
      assertEquals(Thread.State.TERMINATED, stopping.getState());
      assertThrows(IOException.class, () -> new RawClient(port).exchange(health()));
    }
  }

  @Test
  void settingsWithoutEffectAreRefused() {
    McpHttpServer.Builder builder = McpHttpServer.builder(server).port(0);
    assertThrows(IllegalArgumentException.class, () -> builder.drainTime(Duration.ofSeconds(-1)));
    builder.drainTime(Duration.ofSeconds(1));
    String message =
        assertThrows(IllegalArgumentException.class, builder::start).getMessage();
    assertTrue(message.contains("health"), message);
    assertThrows(IllegalArgumentException.class, () -> builder.health("health"));
    builder.health("/health");
    assertThrows(IllegalArgumentException.class, () -> builder.health("/health/"));
  }
}
