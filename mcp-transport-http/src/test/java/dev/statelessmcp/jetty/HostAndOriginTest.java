package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.testing.TestTools;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Keeps web pages away from a server on their reader's machine, and lets in those that may. */
class HostAndOriginTest {
  private static final String EVIL = "https://evil.example";
  private static final String LOCAL = "http://localhost:3000";

  private static McpHttpServer http;

  @BeforeAll
  static void start() throws IOException {
    Authenticator authenticator =
        request -> switch (request.headers().get("Authorization").orElse("")) {
          case "Bearer narrow" ->
            Authenticator.forbidden("more is needed", "Bearer error=\"insufficient_scope\"");
          case "Bearer none" -> Authenticator.unauthorized("Bearer");
          default -> Authenticator.accepted(Caller.ANONYMOUS);
        };
    http = McpHttpServer.builder(TestTools.server(TestTools.echo()))
        .port(0)
        .allowedHosts(List.of("mcp.example", "port.example:8000"))
        .allowedOrigins(List.of("https://app.example"))
        .authenticator(authenticator)
        .start();
  }

  @AfterAll
  static void stop() {
    http.close();
  }

  private static HttpAnswer exchange(HttpText request) throws IOException {
    return RawClient.exchange(http.port(), request);
  }

  @Test
  void namesOfThisMachineAndAllowedHostsAreTaken() throws Exception {
    for (String host : List.of(
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1",
        "127.0.0.1:" + http.port(),
        "[::1]",
        "[::1]:8000",
        "mcp.example",
        "MCP.example:443",
        "port.example:8000")) {
      assertEquals(200, exchange(HttpText.legacyPing(1).header("Host", host)).status(), host);
    }
  }

  @Test
  void otherHostsAreRefusedAndToldTheSetting() throws Exception {
    for (String host : List.of(
        "evil.example",
        "evil.example:" + http.port(),
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evil.example.localhost",
        "port.example",
        "port.example:8001",
        "0.0.0.0",
        "127.0.0.10")) {
      HttpAnswer answer = exchange(HttpText.legacyPing(1).header("Host", host));
      assertEquals(403, answer.status(), host);
      assertEquals(-32600, answer.error(), host);
      assertTrue(answer.errorMessage().contains("allowedHosts"), answer::toString);
    }
  }

  @Test
  void invalidHostsAreRefused() throws Exception {
    for (String host : List.of("", "localhost@evil.example", "localhost:80@evil.example", "a b")) {
      HttpAnswer answer = exchange(HttpText.legacyPing(1).header("Host", host));
      assertTrue(answer.status() == 400 || answer.status() == 403, () -> host + answer);
      assertEquals(-32600, answer.error(), host);
    }
  }

  @Test
  void addressInTheRequestLineIsCheckedAsTheHostIs() throws Exception {
    HttpAnswer answer = exchange(HttpText.legacyPing(1).at("http://evil.example/mcp"));
    assertTrue(answer.status() == 400 || answer.status() == 403, answer::toString);
  }

  @Test
  void pagesOfThisMachineAndAllowedOnesAreAccepted() throws Exception {
    for (String origin : List.of(
        LOCAL,
        "http://localhost",
        "http://127.0.0.1:65535",
        "https://[::1]:1",
        "https://app.example")) {
      HttpAnswer answer = exchange(HttpText.legacyPing(1).header("Origin", origin));
      assertEquals(200, answer.status(), origin);
      assertEquals(origin, answer.header("access-control-allow-origin"));
      assertTrue(answer.header("vary").contains("Origin"), answer::toString);
      assertTrue(
          answer.header("access-control-expose-headers").contains("WWW-Authenticate"),
          answer::toString);
    }
  }

  @Test
  void otherPagesAreRefusedAndCannotReadWhy() throws Exception {
    for (String origin : List.of(
        EVIL,
        "http://localhost.evil.example",
        "http://evil.example:3000",
        "https://app.example.evil.example",
        "https://app.example:8443",
        "http://app.example",
        "null",
        "file://",
        "nonsense")) {
      for (HttpText request : List.of(
          HttpText.legacyPing(1),
          HttpText.modernCall(1, "echo", "{\"text\":\"hi\"}"),
          HttpText.of("GET", "/mcp"))) {
        HttpAnswer answer = exchange(request.header("Origin", origin));
        assertEquals(403, answer.status(), origin);
        assertEquals(-32600, answer.error(), origin);
        assertTrue(answer.errorMessage().contains("allowedOrigins"), answer::toString);
        assertNull(answer.header("access-control-allow-origin"), origin);
      }
    }
  }

  @Test
  void otherPagesCannotReadWhereTheEndpointIs() throws Exception {
    HttpAnswer answer = exchange(HttpText.legacyPing(1).at("/").header("Origin", EVIL));
    assertTrue(answer.status() >= 400, answer::toString);
    assertNotEquals(EVIL, answer.header("access-control-allow-origin"));
  }

  @Test
  void preflightIsAnswered() throws Exception {
    HttpAnswer answer = exchange(HttpText.of("OPTIONS", "/mcp")
        .header("Origin", LOCAL)
        .header("Access-Control-Request-Method", "POST")
        .header(
            "Access-Control-Request-Headers",
            "authorization,content-type,mcp-method,mcp-name,mcp-param-region,"
                + "mcp-protocol-version,x-other"));
    assertEquals(204, answer.status());
    assertEquals(LOCAL, answer.header("access-control-allow-origin"));
    assertTrue(answer.header("access-control-allow-methods").contains("POST"));
    List<String> allowed = List.of(
        answer.header("access-control-allow-headers").toLowerCase(Locale.ROOT).split(", *"));
    for (String name : List.of(
        "authorization",
        "content-type",
        "accept",
        "mcp-method",
        "mcp-name",
        "mcp-protocol-version",
        "mcp-param-region")) {
      assertTrue(allowed.contains(name), () -> name + " is not in " + allowed);
    }
  }

  @Test
  void preflightOfOtherPagesIsRefused() throws Exception {
    HttpAnswer answer = exchange(HttpText.of("OPTIONS", "/mcp")
        .header("Origin", EVIL)
        .header("Access-Control-Request-Method", "POST"));
    assertEquals(403, answer.status());
    assertNull(answer.header("access-control-allow-origin"));
  }

  @Test
  void preflightNeedsNoCredentials() throws Exception {
    HttpAnswer answer = exchange(HttpText.of("OPTIONS", "/mcp")
        .header("Origin", LOCAL)
        .header("Authorization", "Bearer none")
        .header("Access-Control-Request-Method", "POST"));
    assertEquals(204, answer.status());
  }

  @Test
  void allowedPagesCanReadErrors() throws Exception {
    HttpText ping = HttpText.legacyPing(1).header("Origin", LOCAL);
    assertEquals(LOCAL, exchange(ping).header("access-control-allow-origin"));
    HttpAnswer unauthorized = exchange(ping.header("Authorization", "Bearer none"));
    assertEquals(401, unauthorized.status());
    assertEquals(LOCAL, unauthorized.header("access-control-allow-origin"));
    HttpAnswer notJson = exchange(HttpText.post("?").header("Origin", LOCAL));
    assertEquals(400, notJson.status());
    assertEquals(LOCAL, notJson.header("access-control-allow-origin"));
  }

  /** The challenge says which scope to ask for; a page that cannot read it is stuck. */
  @Test
  void allowedPagesCanReadWhichScopeIsMissing() throws Exception {
    HttpAnswer answer = exchange(
        HttpText.legacyPing(1).header("Origin", LOCAL).header("Authorization", "Bearer narrow"));
    assertEquals(403, answer.status());
    assertEquals("Bearer error=\"insufficient_scope\"", answer.header("www-authenticate"));
    assertEquals(LOCAL, answer.header("access-control-allow-origin"));
  }
}
