package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.testing.SilentLog;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
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

/** Keys over the network: found, kept, rotated; and issuers that are down, slow or talk garbage. */
@ExtendWith(SilentLog.class)
class KeySourceTest {
  private TestIssuer issuer;
  private final Ticking clock = new Ticking();

  /** A clock that a test moves. */
  private static final class Ticking extends Clock {
    private volatile Instant now = Tokens.NOW;

    void add(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @BeforeEach
  void start() throws IOException {
    issuer = new TestIssuer();
    issuer.page("/jwks", Tokens.jwks("rsa-1"));
  }

  @AfterEach
  void stop() {
    issuer.close();
  }

  private ResourceServer server() {
    return ResourceServer.builder(Tokens.RESOURCE)
        .clock(clock)
        .issuer(issuer.url(), issuer.url() + "/jwks")
        .build();
  }

  private ResourceServer discovering(String name) {
    return ResourceServer.builder(Tokens.RESOURCE).clock(clock).issuer(name).build();
  }

  private String metadata(String name) {
    return "{\"issuer\":\"" + name + "\",\"jwks_uri\":\"" + issuer.url() + "/jwks\"}";
  }

  private static String token(String iss, String keyId, String key) {
    ObjectNode claims = Tokens.claims().put("iss", iss).put("exp", 1_900_000_000L);
    return Tokens.sign(Tokens.header("RS256", keyId), claims, key);
  }

  private String token(String key) {
    return token(issuer.url(), key, key);
  }

  /** The status of a request with a token. */
  private static int status(ResourceServer server, String token) {
    Target.Collected reply = new Target.Collected();
    StreamableHttp endpoint = ProtectedServer.endpoint(server);
    HttpHeaders headers = HttpHeaders.of(
        "Host", "api.example.com",
        "Authorization", "Bearer " + token,
        "Accept", "application/json",
        "Content-Type", "application/json");
    byte[] ping =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}".getBytes(StandardCharsets.UTF_8);
    try {
      endpoint.handle(
          new HttpRequest("POST", "/echo/mcp", headers, HttpRequest.Body.of(ping)), reply);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return reply.answer().status();
  }

  @ParameterizedTest
  @CsvSource({
    "'', /.well-known/oauth-authorization-server",
    "'', /.well-known/openid-configuration",
    "/tenant, /.well-known/oauth-authorization-server/tenant",
    "/tenant, /.well-known/openid-configuration/tenant",
    "/tenant, /tenant/.well-known/openid-configuration",
    "/a/b, /a/b/.well-known/openid-configuration",
    "/tenant/, /.well-known/oauth-authorization-server/tenant",
  })
  void keysAreFoundByTheMetadataOfTheIssuer(String path, String at) {
    String name = issuer.url() + path;
    issuer.page(at, metadata(name));
    ResourceServer server = discovering(name);
    assertEquals(200, status(server, token(name, "rsa-1", "rsa-1")));
    assertEquals(200, status(server, token(name, "rsa-1", "rsa-1")));
    assertEquals(1, issuer.count("/jwks"));
    assertEquals(1, issuer.count(at));
  }

  /** A later well-known URL may be right, but one that names somebody else never is. */
  @Test
  void metadataOfAnotherIssuerIsNotUsed() {
    String name = issuer.url() + "/tenant";
    String at = "/.well-known/oauth-authorization-server/tenant";
    issuer.page(at, metadata(issuer.url() + "/other"));
    assertEquals(503, status(discovering(name), token(name, "rsa-1", "rsa-1")));
    assertEquals(0, issuer.count("/jwks"));
    issuer.page(at, metadata(name + "/")); // exactly, and not nearly
    assertEquals(503, status(discovering(name), token(name, "rsa-1", "rsa-1")));
    issuer.page("/tenant/.well-known/openid-configuration", metadata(name));
    assertEquals(200, status(discovering(name), token(name, "rsa-1", "rsa-1")));
  }

  @Test
  void metadataThatNamesAnInsecureUrlIsNotUsed() {
    issuer.page(
        "/.well-known/openid-configuration",
        "{\"issuer\":\"" + issuer.url() + "\",\"jwks_uri\":\"http://keys.example/jwks\"}");
    assertEquals(503, status(discovering(issuer.url()), token("rsa-1")));
  }

  @Test
  void aRotatedKeyIsFetchedOnce() {
    ResourceServer server = server();
    assertEquals(200, status(server, token("rsa-1")));
    issuer.page("/jwks", Tokens.jwks("rsa-2"));
    clock.add(Duration.ofSeconds(11));
    assertEquals(200, status(server, token("rsa-2")));
    assertEquals(200, status(server, token("rsa-2")));
    assertEquals(2, issuer.count("/jwks"));
    assertEquals(401, status(server, token("rsa-1"))); // the issuer has withdrawn it
  }

  /** What a token says must not make this server a load for its issuer. */
  @Test
  void unknownKeysAreLookedForAtABoundedRate() {
    ResourceServer server = server();
    assertEquals(200, status(server, token("rsa-1")));
    for (int i = 0; i < 50; i++) {
      assertEquals(401, status(server, token(issuer.url(), "unknown-" + i, "rsa-2")));
    }
    assertEquals(1, issuer.count("/jwks"));
    clock.add(Duration.ofSeconds(11));
    for (int i = 0; i < 50; i++) {
      assertEquals(401, status(server, token(issuer.url(), "unknown-" + i, "rsa-2")));
    }
    assertEquals(2, issuer.count("/jwks"));
  }

  @Test
  void aTokenWithoutKeyIdFindsANewKey() {
    ResourceServer server = server();
    ObjectNode header = Tokens.header("RS256", "x");
    header.remove("kid");
    ObjectNode claims = Tokens.claims().put("iss", issuer.url()).put("exp", 1_900_000_000L);
    assertEquals(200, status(server, Tokens.sign(header, claims, "rsa-1")));
    assertEquals(401, status(server, Tokens.sign(header, claims, "rsa-2")));
    issuer.page("/jwks", Tokens.jwks("rsa-2"));
    clock.add(Duration.ofSeconds(11));
    assertEquals(200, status(server, Tokens.sign(header, claims, "rsa-2")));
  }

  @Test
  void theLastGoodKeysAreUsedWhileTheIssuerIsDown() {
    ResourceServer server = server();
    assertEquals(200, status(server, token("rsa-1")));
    for (int failure : new int[] {500, 404, 302, 429}) {
      issuer.page("/jwks", failure);
      clock.add(Duration.ofDays(1));
      for (int i = 0; i < 20; i++) {
        assertEquals(200, status(server, token("rsa-1")));
      }
      clock.add(Duration.ofSeconds(11));
      assertEquals(503, status(server, token("rsa-2"))); // it may be a new key
      assertEquals(503, status(server, token("rsa-2"))); // and not asked for again at once
    }
    issuer.page("/jwks", Tokens.jwks("rsa-1", "rsa-2"));
    clock.add(Duration.ofSeconds(11));
    assertEquals(200, status(server, token("rsa-2")));
  }

  @Test
  void anIssuerThatIsGoneIsNotAskedForEachRequest() {
    ResourceServer server = server();
    issuer.close();
    for (int i = 0; i < 20; i++) {
      assertEquals(503, status(server, token("rsa-1")));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "garbage",
        "[]",
        "{}",
        "{\"keys\":{}}",
        "{\"keys\":[]}",
        "{\"keys\":[null,1,{}]}",
        "{\"keys\":[{\"kty\":\"oct\",\"kid\":\"rsa-1\",\"k\":\"AAAA\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"rsa-1\",\"n\":\"\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"rsa-1\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AQAB\",\"y\":\"AQAB\"}]}",
        "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AQAB\",\"y\":\"AQAB\"}]}",
        "<html>"
      })
  void garbageIsNotTakenForKeys(String garbage) {
    issuer.page("/jwks", garbage);
    assertEquals(503, status(server(), token("rsa-1")));
    issuer.page("/jwks", Tokens.jwks("rsa-1"));
    ResourceServer good = server();
    assertEquals(200, status(good, token("rsa-1")));
    issuer.page("/jwks", garbage);
    clock.add(Duration.ofHours(1));
    assertEquals(200, status(good, token("rsa-1")));
    clock.add(Duration.ofSeconds(11));
    assertEquals(503, status(good, token("rsa-2")));
    assertEquals(200, status(good, token("rsa-1")));
  }

  @Test
  void oneBadKeyDoesNotSpoilTheOthers() {
    issuer.page("/jwks", Tokens.jwks("weak-1", "rsa-1").replace("{\"keys\":[", "{\"keys\":[{},7,"));
    assertEquals(200, status(server(), token("rsa-1")));
  }

  @Test
  void anAnswerThatIsTooLargeIsNotRead() {
    issuer.page(
        "/jwks", Tokens.jwks("rsa-1").replace("{\"keys\"", " ".repeat(1 << 20) + "{\"keys\""));
    assertEquals(503, status(server(), token("rsa-1")));
  }

  @Test
  void redirectsStayWithinTheirScheme() {
    issuer.page("/jwks", exchange -> redirect(exchange, "/moved"));
    issuer.page("/moved", Tokens.jwks("rsa-1"));
    assertEquals(200, status(server(), token("rsa-1")));
    for (String bad :
        List.of("https://127.0.0.1:1/", "file:///etc/passwd", "http://keys.example/")) {
      issuer.page("/jwks", exchange -> redirect(exchange, bad));
      assertEquals(503, status(server(), token("rsa-1")), bad);
    }
    issuer.page("/jwks", exchange -> redirect(exchange, "/jwks")); // in a circle
    assertEquals(503, status(server(), token("rsa-1")));
  }

  private static void redirect(HttpExchange exchange, String location) throws IOException {
    exchange.getResponseHeaders().add("Location", location);
    exchange.sendResponseHeaders(302, -1);
  }

  /** An issuer that answers a byte at a time, and never ends. */
  @Test
  void aFetchEndsWhateverTheIssuerDoes() {
    CountDownLatch end = new CountDownLatch(1);
    issuer.page("/jwks", exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try (OutputStream out = exchange.getResponseBody()) {
        while (!end.await(200, TimeUnit.MILLISECONDS)) {
          out.write(' ');
          out.flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    try {
      ResourceServer server = server();
      assertEquals(503, status(server, token("rsa-1")));
      assertEquals(1, issuer.count("/jwks"));
    } finally {
      end.countDown();
    }
  }

  /** Known keys go on while the issuer is silent, and only a few requests wait for others. */
  @Test
  void noThreadsPileUpBehindASlowIssuer() throws Exception {
    ResourceServer server = server();
    assertEquals(200, status(server, token("rsa-1")));
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch asked = new CountDownLatch(1);
    issuer.page("/jwks", exchange -> {
      asked.countDown();
      try {
        end.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
    clock.add(Duration.ofSeconds(11));
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      List<Future<Integer>> unknown = new ArrayList<>();
      String newer = token("rsa-2");
      String known = token("rsa-1");
      for (int i = 0; i < 100; i++) {
        unknown.add(threads.submit(() -> status(server, newer)));
      }
      assertTrue(asked.await(30, TimeUnit.SECONDS));
      for (int i = 0; i < 100; i++) {
        assertEquals(200, status(server, known));
      }
      for (Future<Integer> each : unknown) {
        assertEquals(503, each.get(30, TimeUnit.SECONDS));
      }
      assertEquals(2, issuer.count("/jwks"));
    } finally {
      end.countDown();
      threads.shutdownNow();
    }
  }

  /** Each token is signed by a key that is, was or will be published; rogue ones never get in. */
  @Test
  void keysRotateUnderLoad() throws Exception {
    ResourceServer server = server();
    server.prepare();
    AtomicReference<String> current = new AtomicReference<>("rsa-1");
    String rogue = token(issuer.url(), "rsa-1", "rsa-9");
    Map<String, String> tokens = new HashMap<>();
    for (int i = 1; i <= 4; i++) {
      tokens.put("rsa-" + i, token("rsa-" + i));
    }
    AtomicInteger good = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CountDownLatch end = new CountDownLatch(1);
    try {
      List<Future<Integer>> workers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Callable<Integer> work = () -> {
          int wrong = 0;
          while (end.getCount() > 0) {
            String key = current.get();
            wrong += status(server, tokens.get(key)) == 200 ? 0 : 1;
            wrong += status(server, rogue) == 401 ? 0 : 1;
            good.incrementAndGet();
          }
          return wrong;
        };
        workers.add(threads.submit(work));
      }
      for (int i = 2; i <= 4; i++) {
        awaitMore(good);
        String before = "rsa-" + (i - 1);
        issuer.page("/jwks", Tokens.jwks("rsa-1", before, "rsa-" + i));
        clock.add(Duration.ofSeconds(11));
        current.set("rsa-" + i);
      }
      awaitMore(good);
      end.countDown();
      for (Future<Integer> worker : workers) {
        assertEquals(0, worker.get(30, TimeUnit.SECONDS));
      }
      assertTrue(issuer.count("/jwks") <= 5, () -> issuer.requests.toString());
    } finally {
      end.countDown();
      threads.shutdownNow();
    }
  }

  private static void awaitMore(AtomicInteger count) throws InterruptedException {
    int before = count.get();
    for (int i = 0; i < 3000 && count.get() < before + 100; i++) {
      Thread.sleep(10);
    }
    assertTrue(count.get() >= before + 100);
  }

  @Test
  void preparingFetchesKeysBeforeTheFirstRequest() {
    ResourceServer server = server();
    server.prepare();
    assertEquals(1, issuer.count("/jwks"));
    assertEquals(200, status(server, token("rsa-1")));
    assertEquals(1, issuer.count("/jwks"));
    server.prepare(); // not again at once
    assertEquals(1, issuer.count("/jwks"));
    issuer.page("/jwks", Tokens.jwks("rsa-2"));
    clock.add(Duration.ofHours(2)); // a snapshot was restored
    server.prepare();
    assertEquals(401, status(server, token("rsa-1")));
    assertEquals(200, status(server, token("rsa-2")));
  }

  @Test
  void preparingWithoutTheIssuerDoesNotFail() {
    issuer.page("/jwks", 500);
    ResourceServer server = server();
    server.prepare();
    issuer.page("/jwks", Tokens.jwks("rsa-1"));
    clock.add(Duration.ofSeconds(11));
    assertEquals(200, status(server, token("rsa-1")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example.com",
        "ftp://login.example.com",
        "login.example.com",
        "https:///x",
        "https://user@login.example.com",
        "https://login.example.com/#x",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        " "
      })
  void urlsMustBeSecure(String url) {
    ResourceServerBuilder builder = ResourceServer.builder(Tokens.RESOURCE);
    assertThrows(IllegalArgumentException.class, () -> builder.issuer(url));
    assertThrows(
        IllegalArgumentException.class, () -> builder.issuer("https://login.example.com", url));
    assertThrows(IllegalArgumentException.class, () -> ResourceServer.builder(url));
  }

  @Test
  void onlyOneWayToCheckTokensMayBeSet() {
    ResourceServerBuilder none = ResourceServer.builder(Tokens.RESOURCE);
    assertThrows(IllegalArgumentException.class, none::build);
    ResourceServerBuilder both = ResourceServer.builder(Tokens.RESOURCE)
        .issuer("https://a.example")
        .introspection("https://b.example", null, "id", "secret");
    assertThrows(IllegalArgumentException.class, both::build);
    ResourceServerBuilder anonymous =
        ResourceServer.builder(Tokens.RESOURCE).verifier(token -> Caller.ANONYMOUS);
    assertThrows(IllegalArgumentException.class, anonymous::build);
    assertFalse(ResourceServer.builder(Tokens.RESOURCE)
        .issuer("https://a.example")
        .issuer("https://b.example")
        .build()
        .documents()
        .isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "HS256", "HS384", "HS512", "rs256", "", "EdDSA", "A128KW"})
  void algorithmsWithoutPublicKeysCannotBeChosen(String name) {
    ResourceServerBuilder builder = ResourceServer.builder(Tokens.RESOURCE);
    assertThrows(IllegalArgumentException.class, () -> builder.algorithms(name));
  }
}
