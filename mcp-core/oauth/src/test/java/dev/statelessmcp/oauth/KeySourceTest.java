package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.statelessmcp.testing.SilentLog;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys over the network: found, kept, rotated; and issuers that are down, slow or talk garbage. */
@ExtendWith(SilentLog.class)
class KeySourceTest extends KeySourceCase {
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

  /** The keys of one issuer are not those of another one. */
  @Test
  void aTokenIsCheckedWithTheKeysOfItsIssuerAlone() throws IOException {
    try (TestIssuer other = new TestIssuer()) {
      other.page("/jwks", Tokens.jwks("rsa-2"));
      ResourceServer server = ResourceServer.builder(Tokens.RESOURCE)
          .clock(clock)
          .issuer(issuer.url(), issuer.url() + "/jwks")
          .issuer(other.url(), other.url() + "/jwks")
          .build();
      assertEquals(200, status(server, token(issuer.url(), "rsa-1", "rsa-1")));
      assertEquals(200, status(server, token(other.url(), "rsa-2", "rsa-2")));
      assertEquals(401, status(server, token(issuer.url(), "rsa-2", "rsa-2")));
      assertEquals(401, status(server, token(other.url(), "rsa-1", "rsa-1")));
    }
  }

  /** One that leads to itself by detours ends, and so does one through many pages. */
  @Test
  void aFewRedirectsAreFollowed() {
    for (int i = 1; i < 9; i++) {
      String next = "/hop" + (i + 1);
      issuer.page("/hop" + i, exchange -> redirect(exchange, next));
    }
    issuer.page("/hop4", Tokens.jwks("rsa-1"));
    issuer.page("/jwks", exchange -> redirect(exchange, "/hop2"));
    assertEquals(200, status(server(), token("rsa-1")));
    issuer.page("/jwks", exchange -> redirect(exchange, "/hop1")); // one more
    assertEquals(503, status(server(), token("rsa-1")));
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
}
