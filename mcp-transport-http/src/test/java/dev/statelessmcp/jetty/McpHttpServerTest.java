package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.LegacySessions;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Starting a server, and not starting one. */
class McpHttpServerTest {
  private final McpServer server = TestTools.server(TestTools.echo());

  @Test
  void servesAnOrdinaryHttpClientAtItsUri() throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(server).port(0).start()) {
      assertTrue(http.port() > 0);
      assertEquals(URI.create("http://127.0.0.1:" + http.port() + "/mcp"), http.uri());
      McpTestClient client = McpTestClient.http(http.uri()).legacy();
      client.request("ping", Json.object()).hasStatus(200).has("", Json.object());
    }
  }

  @Test
  void twoServersListenOnDifferentPorts() throws Exception {
    try (McpHttpServer first = McpHttpServer.builder(server).port(0).start();
        McpHttpServer second = McpHttpServer.builder(server).port(0).start()) {
      assertTrue(first.port() != second.port());
      for (McpHttpServer http : List.of(first, second)) {
        McpTestClient.http(http.uri())
            .call("echo", Map.of("text", "hi"))
            .hasStatus(200)
            .isOk();
      }
    }
  }

  @Test
  void pathCanBeChosen() throws Exception {
    try (McpHttpServer http =
        McpHttpServer.builder(server).port(0).path("/a/b/").start()) {
      assertEquals("http://127.0.0.1:" + http.port() + "/a/b/", http.uri().toString());
      assertEquals(
          200,
          RawClient.exchange(http.port(), HttpText.legacyPing(1).at("/a/b")).status());
      assertEquals(
          200,
          RawClient.exchange(http.port(), HttpText.legacyPing(1).at("/a/b/")).status());
      assertEquals(
          404,
          RawClient.exchange(http.port(), HttpText.legacyPing(1).at("/mcp")).status());
    }
  }

  @Test
  void doesNotListenOnAllAddressesWithoutHostsAndOrigins() {
    List<McpHttpServer.Builder> builders = List.of(
        McpHttpServer.builder(server).port(0).host("0.0.0.0"),
        McpHttpServer.builder(server).port(0).host("0.0.0.0").allowedHosts(List.of("mcp.example")),
        McpHttpServer.builder(server)
            .port(0)
            .host("0.0.0.0")
            .allowedOrigins(List.of("https://app.example")));
    for (McpHttpServer.Builder builder : builders) {
      String message =
          assertThrows(IllegalArgumentException.class, builder::start).getMessage();
      assertTrue(message.contains("allowedHosts"), message);
      assertTrue(message.contains("allowedOrigins"), message);
    }
  }

  @Test
  void listensOnAllAddressesWithHostsAndOrigins() throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(server)
        .port(0)
        .host("0.0.0.0")
        .allowedHosts(List.of("mcp.example"))
        .allowedOrigins(List.of("https://app.example"))
        .start()) {
      HttpText good = HttpText.legacyPing(1)
          .header("Host", "mcp.example:8000")
          .header("Origin", "https://app.example");
      HttpAnswer answer = RawClient.exchange(http.port(), good);
      assertEquals(200, answer.status(), answer::toString);
      assertEquals("https://app.example", answer.header("access-control-allow-origin"));
      // This machine's own names are nothing special to a server that others reach
      assertEquals(403, RawClient.exchange(http.port(), HttpText.legacyPing(1)).status());
      HttpText page = HttpText.legacyPing(1).header("Host", "mcp.example");
      assertEquals(
          403,
          RawClient.exchange(http.port(), page.header("Origin", "http://localhost:3000"))
              .status());
    }
  }

  @Test
  void settingsOutOfRangeAreRefused() {
    McpHttpServer.Builder builder = McpHttpServer.builder(server);
    assertThrows(IllegalArgumentException.class, () -> builder.port(-1));
    assertThrows(IllegalArgumentException.class, () -> builder.port(65536));
    assertThrows(IllegalArgumentException.class, () -> builder.maxConcurrentCalls(0));
    assertThrows(NullPointerException.class, () -> McpHttpServer.builder(null));
    assertThrows(
        IllegalArgumentException.class,
        () -> McpHttpServer.builder(server).port(0).silence(Duration.ZERO).start());
    assertThrows(
        IllegalArgumentException.class,
        () -> McpHttpServer.builder(server).port(0).path("mcp").start());
  }

  @Test
  void addressInUseIsAnIoExceptionThatLeavesNothingBehind() throws Exception {
    Set<Thread> before = serverThreads();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      McpHttpServer.Builder builder = McpHttpServer.builder(server).port(taken.getLocalPort());
      assertThrows(IOException.class, builder::start);
      assertNoMoreThreadsThan(before);
    }
  }

  /** A setting that would fail later, or at each call, fails where it is set. */
  @Test
  void settingsWithoutAMeaningAreRefusedByName() {
    McpHttpServer.Builder builder = McpHttpServer.builder(server).port(0);
    Map<String, Executable> settings = new LinkedHashMap<>();
    for (String path : List.of(
        "",
        "mcp",
        "//mcp",
        "/a//b",
        "/mcp?a=b",
        "/mcp#a",
        "/mcp;a",
        "/a b",
        "/mcp%20",
        "/ä",
        "/../mcp",
        "/.",
        "/mcp/*",
        "/{id}",
        "/a\n")) {
      settings.put("path " + path, () -> builder.path(path));
      settings.put("path of a document " + path, () -> builder.document(path, request -> null));
    }
    Duration negative = Duration.ofMillis(-1);
    settings.put("silence 0", () -> builder.silence(Duration.ZERO).start());
    settings.put("receive timeout 0", () -> builder.receiveTimeout(Duration.ZERO));
    settings.put("receive timeout -1", () -> builder.receiveTimeout(negative));
    settings.put("stopTimeout", () -> builder.stopTimeout(negative));
    settings.put("port -1", () -> builder.port(-1));
    settings.put("host", () -> McpHttpServer.builder(server).host(" ").start());
    settings.forEach((name, setting) -> {
      String message =
          assertThrows(IllegalArgumentException.class, setting, name).getMessage();
      assertTrue(message.contains(name.split(" ", -1)[0]), message);
    });
  }

  @Test
  void nullIsRefusedByName() {
    McpHttpServer.Builder builder = McpHttpServer.builder(server).port(0);
    Map<String, Executable> settings = Map.of(
        "path", () -> builder.path(null),
        "host", () -> builder.host(null),
        "time", () -> builder.silence(null),
        "receiveTimeout", () -> builder.receiveTimeout(null),
        "stopTimeout", () -> builder.stopTimeout(null),
        "limits", () -> builder.limits(null),
        "authenticator", () -> builder.authenticator(null),
        "an entry of allowedHosts", () -> builder.allowedHosts(Collections.singletonList(null)),
        "an entry of allowedOrigins",
            () -> builder.allowedOrigins(Collections.singletonList(null)));
    settings.forEach((name, setting) ->
        assertEquals(name, assertThrows(NullPointerException.class, setting).getMessage()));
  }

  /** Such as for a server that is only to end when it is told to. */
  @Test
  void settingsMayBeAsLargeAsTheyCan() throws Exception {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    try (McpHttpServer http = McpHttpServer.builder(server)
        .port(0)
        .host("[::1]") // as in a URL
        .path("/a.b-c_d~e!$&'()+,=:@/F9/")
        .silence(forever)
        .receiveTimeout(forever)
        .stopTimeout(forever)
        .maxConcurrentCalls(Integer.MAX_VALUE)
        .maxSubscriptions(Integer.MAX_VALUE)
        .maxBytesInFlight(Long.MAX_VALUE)
        .legacySessions(LegacySessions.DEFAULT
            .withIdleExpiry(forever)
            .withMaxSessions(Integer.MAX_VALUE)
            .withMaxQuestions(Integer.MAX_VALUE))
        .start()) {
      try (McpTestClient client = McpTestClient.http(http.uri()).legacy()) {
        client.call("echo", Map.of("text", "hi")).hasText("hi");
        client.call("echo", Map.of("text", "hi")).hasText("hi");
      }
    }
  }

  /** Both work; a server that cannot be closed does not. */
  @Test
  void invalidPathIsServedOrLeavesNothingBehind() throws Exception {
    Set<Thread> before = serverThreads();
    try (McpHttpServer http =
        McpHttpServer.builder(server).port(0).path("/my tools").start()) {
      HttpText request = HttpText.legacyPing(1).at(http.uri().getRawPath());
      assertEquals(200, RawClient.exchange(http.port(), request).status());
    } catch (IllegalArgumentException e) {
      assertNoMoreThreadsThan(before);
    }
  }

  @Test
  void closingLeavesNothingBehind() throws Exception {
    Set<Thread> before = serverThreads();
    McpHttpServer http = McpHttpServer.builder(server).port(0).start();
    assertEquals(200, RawClient.exchange(http.port(), HttpText.legacyPing(1)).status());
    int port = http.port();
    http.close();
    http.close();
    http.join();
    assertThrows(IOException.class, () -> new RawClient(port).close());
    assertNoMoreThreadsThan(before);
  }

  private static Set<Thread> serverThreads() {
    Set<Thread> threads = new HashSet<>(Thread.getAllStackTraces().keySet());
    threads.removeIf(thread -> !thread.getName().startsWith("mcp-http"));
    return threads;
  }

  private static void assertNoMoreThreadsThan(Set<Thread> before) throws InterruptedException {
    for (Thread thread : serverThreads()) {
      if (!before.contains(thread)) {
        Waiting.join(thread);
      }
    }
  }
}
