package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.transport.FailureLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that an authorization server checks, and those that a team checks in its own way. */
@ExtendWith(SilentLog.class)
class IntrospectionTest {
  private TestIssuer issuer;
  private final AtomicReference<String> authorization = new AtomicReference<>();
  private final AtomicReference<String> form = new AtomicReference<>();

  @BeforeEach
  void start() throws IOException {
    issuer = new TestIssuer();
    answer(active());
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private void answer(ObjectNode answer) {
    issuer.page("/introspect", exchange -> {
      record(exchange);
      TestIssuer.send(exchange, 200, Json.text(answer));
    });
  }

  private void record(HttpExchange exchange) throws IOException {
    authorization.set(exchange.getRequestHeaders().getFirst("Authorization"));
    byte[] body = exchange.getRequestBody().readAllBytes();
    form.set(new String(body, StandardCharsets.UTF_8));
  }

  private ObjectNode active() {
    return Tokens.claims().put("iss", issuer.url()).put("active", true);
  }

  private ResourceServer server() {
    return ResourceServer.builder(Tokens.RESOURCE)
        .clock(ProtectedServer.CLOCK)
        .introspection(issuer.url(), issuer.url() + "/introspect", "me:1", "s ecret%")
        .build();
  }

  private static int status(ResourceServer server, String token) throws Exception {
    return send(server, token).status();
  }

  private static Target.Answer send(ResourceServer server, String token) throws Exception {
    MatrixCase each = new MatrixCase("", "POST tool:whoami", "Bearer " + token, "");
    var headers = each.headers();
    String body = each.body(headers);
    return Target.function(ProtectedServer.endpoint(server))
        .send("POST", "/echo/mcp", headers, body);
  }

  @Test
  void theServerAuthenticatesItselfAndSendsTheTokenInAForm() throws Exception {
    Target.Answer answer = send(server(), "opaque-1");
    assertEquals(200, answer.status());
    assertTrue(answer.body().contains("joe by app"), answer.body());
    assertEquals("token=opaque-1&token_type_hint=access_token", form.get());
    // RFC 6749 2.3.1: each encoded as in a form
    assertEquals("Basic bWUlM0ExOnMrZWNyZXQlMjU=", authorization.get());
  }

  @Test
  void theEndpointIsFoundByTheMetadataOfTheIssuer() throws Exception {
    issuer.page(
        "/.well-known/oauth-authorization-server",
        "{\"issuer\":\"" + issuer.url() + "\",\"introspection_endpoint\":\"" + issuer.url()
            + "/introspect\"}");
    ResourceServer server = ResourceServer.builder(Tokens.RESOURCE)
        .clock(ProtectedServer.CLOCK)
        .introspection(issuer.url(), null, "id", "secret")
        .build();
    assertEquals(200, status(server, "a"));
    assertEquals(200, status(server, "b"));
    assertEquals(1, issuer.count("/.well-known/oauth-authorization-server"));
  }

  @Test
  void anAnswerIsKeptForAShortTime() throws Exception {
    ResourceServer server = server();
    assertEquals(200, status(server, "a"));
    assertEquals(200, status(server, "a"));
    assertEquals(1, issuer.count("/introspect"));
    assertEquals(200, status(server, "b"));
    assertEquals(2, issuer.count("/introspect"));
  }

  @Test
  void aTokenThatIsNotActiveIsRefusedEachTime() throws Exception {
    answer(Json.object().put("active", false));
    ResourceServer server = server();
    assertEquals(401, status(server, "a"));
    answer(active());
    assertEquals(200, status(server, "a"));
  }

  @ParameterizedTest
  @CsvSource({
    "aud, https://other.example, 401",
    "aud, , 401",
    "iss, https://other.example, 401",
    "iss, , 200",
    "exp, , 200",
    "scope, , 200",
    "sub, , 200",
    "token_type, Bearer, 200",
    "token_type, DPoP, 200",
    "token_type, access_token, 200",
    "token_type, refresh_token, 401",
    "token_type, Refresh, 401",
    "token_type, id_token, 401",
    "token_use, refresh_token, 401"
  })
  void theClaimsAreCheckedAsThoseOfSignedTokens(String name, String value, int status)
      throws Exception {
    ObjectNode claims = active();
    if (value == null) {
      claims.remove(name);
    } else {
      claims.put(name, value);
    }
    answer(claims);
    assertEquals(status, status(server(), "a"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"iss", "sub", "exp", "nbf", "aud", "cnf"})
  void aClaimOfAnotherTypeIsNotTakenForAMissingOne(String name) throws Exception {
    for (String value : new String[] {"null", "true", "[]", "{}"}) {
      ObjectNode claims = active();
      claims.set(name, Json.parse(value));
      answer(claims);
      assertEquals(401, status(server(), "a"), value);
    }
  }

  @Test
  void anExpiredTokenIsRefusedWhateverActiveSays() throws Exception {
    answer(active().put("exp", Tokens.NOW.getEpochSecond() - 100));
    assertEquals(401, status(server(), "a"));
  }

  @ParameterizedTest
  @CsvSource({"500, '{}'", "401, '{}'", "200, '{}'", "200, 'x'", "200, '{\"active\":\"true\"}'"})
  void withoutAnAnswerTokensAreRefused(int status, String body) throws Exception {
    issuer.page("/introspect", exchange -> TestIssuer.send(exchange, status, body));
    Target.Answer answer = send(server(), "a");
    assertEquals(503, answer.status());
    assertEquals("5", answer.headers().get("retry-after"));
    assertEquals(-32603, Json.parse(answer.body()).path("error").path("code").asInt());
  }

  /** Beyond the limit of calls at once, requests are answered at once. */
  @Test
  void noThreadsPileUpBehindASlowServer() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    issuer.page("/introspect", exchange -> {
      most.accumulateAndGet(now.incrementAndGet(), Math::max);
      try {
        end.await(1, TimeUnit.SECONDS); // less than the caller waits
        now.decrementAndGet();
        TestIssuer.send(exchange, 500, "{}");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    ResourceServer server = server();
    ExecutorService threads = Executors.newCachedThreadPool();
    CountDownLatch begin = new CountDownLatch(1);
    try {
      List<Future<Boolean>> all = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        HttpRequest request = request("t" + i);
        all.add(threads.submit(() -> {
          begin.await();
          return server.authenticate(request).caller().isEmpty();
        }));
      }
      begin.countDown();
      for (Future<Boolean> each : all) {
        assertTrue(each.get(60, TimeUnit.SECONDS));
      }
      assertTrue(most.get() <= IntrospectionVerifier.MAX_CONCURRENT, most::toString);
    } finally {
      end.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void aTeamChecksTokensInItsOwnWay() throws Exception {
    ResourceServer server = ResourceServer.builder(Tokens.RESOURCE)
        .verifier(
            token -> {
              if (token.equals("down")) {
                throw new IOException("secret reason");
              }
              if (!token.equals("good")) {
                throw new InvalidTokenException("It is \"not\" known");
              }
              return Caller.of("joe");
            },
            "https://login.example.com")
        .build();
    assertEquals(200, status(server, "good"));
    Target.Answer bad = send(server, "bad");
    assertEquals(401, bad.status());
    String challenge = bad.headers().get("www-authenticate");
    assertTrue(challenge.contains("error_description=\"It is 'not' known\""), challenge);
    Target.Answer down = send(server, "down");
    assertEquals(503, down.status());
    assertFalse(down.body().contains("secret"), down.body());
  }

  /** Anybody can send tokens while the authorization server is down. */
  @Test
  void theLogIsNotFlooded() {
    issuer.page("/introspect", 500);
    ResourceServer server = server();
    List<String> log = new CopyOnWriteArrayList<>();
    Attributes attributes =
        Attributes.NONE.with(FailureLog.class, (message, why) -> log.add(message));
    for (int i = 0; i < 100; i++) {
      HttpRequest request = new HttpRequest(
          "POST",
          "/",
          HttpHeaders.of("Authorization", "Bearer t" + i),
          HttpRequest.Body.of(new byte[0]),
          attributes);
      assertTrue(server.authenticate(request).caller().isEmpty());
    }
    assertFalse(log.isEmpty());
    assertTrue(log.size() < 50, log::toString);
  }

  @Test
  void secretsAreNotPrinted() {
    assertFalse(
        new Introspection("https://a.example", null, "id", "secret").toString().contains("Basic"));
  }

  private static HttpRequest request(String token) {
    return new HttpRequest(
        "POST",
        "/",
        HttpHeaders.of("Authorization", "Bearer " + token),
        HttpRequest.Body.of(new byte[0]));
  }

  @Test
  void aCallerHasItsExpiry() {
    Authenticator.Decision decision = server().authenticate(request("a"));
    Caller caller = decision.caller().orElseThrow();
    assertEquals(Tokens.NOW.plusSeconds(300), caller.expiresAt().orElseThrow());
    assertEquals(issuer.url() + " joe", caller.identity());
    assertThrows(
        IllegalArgumentException.class,
        () -> ResourceServer.builder(Tokens.RESOURCE)
            .introspection("https://a.example", null, "id", "secret")
            .introspection("https://b.example", null, "id", "secret"));
  }
}
