package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.jetty.McpHandler;
import dev.statelessmcp.jetty.RawClient;
import dev.statelessmcp.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that are bound to a key of the client. */
class DpopTest {
  private static final String BAD = "invalid_dpop_proof";

  private final ResourceServer optional = ProtectedServer.settings().dpop(false).build();

  private static String thumbprint(String key) {
    try {
      return Tokens.key(key).computeThumbprint().toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String bound(String key) {
    ObjectNode claims = Tokens.claims();
    claims.putObject("cnf").put("jkt", thumbprint(key));
    return Tokens.sign(Tokens.header("RS256", "rsa-1"), claims, "rsa-1");
  }

  private static String hash(String text) throws Exception {
    return Tokens.encode(
        MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII)));
  }

  private static String proof(
      String token, String key, Consumer<ObjectNode> header, Consumer<ObjectNode> claims)
      throws Exception {
    ObjectNode head = Json.object().put("typ", "dpop+jwt");
    head.put("alg", key.startsWith("rsa") ? "RS256" : key.startsWith("ed") ? "EdDSA" : "ES256");
    ObjectNode jwk = Tokens.jwk(key);
    jwk.remove("kid");
    head.set("jwk", jwk);
    header.accept(head);
    ObjectNode body = Json.object().put("jti", "j1").put("htm", "POST");
    body.put("htu", Tokens.RESOURCE).put("iat", Tokens.NOW.getEpochSecond());
    body.put("ath", hash(token));
    claims.accept(body);
    return Tokens.sign(head, body, key);
  }

  private static String proof(String token, String key) throws Exception {
    return proof(token, key, header -> {}, claims -> {});
  }

  private static Target.Answer send(ResourceServer server, String authorization, String proof)
      throws Exception {
    MatrixCase each = new MatrixCase("", "POST tool:whoami", authorization, "");
    Map<String, String> headers = each.headers();
    String body = each.body(headers);
    if (proof != null) {
      headers.put("DPoP", proof);
    }
    return Target.function(ProtectedServer.endpoint(server))
        .send("POST", "/echo/mcp", headers, body);
  }

  private static void assertRefused(String error, Target.Answer answer) {
    assertEquals(401, answer.status(), answer::toString);
    String challenge = answer.headers().get("www-authenticate");
    String proof = challenge.substring(challenge.indexOf("DPoP "));
    assertTrue(proof.contains("error=\"" + error + "\""), challenge);
    assertTrue(proof.contains("algs=\"RS256 PS256 ES256 ES384 EdDSA\""), challenge);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec-1", "rsa-2", "ed-1"})
  void aProofOfTheRightKeyIsAccepted(String key) throws Exception {
    String token = bound(key);
    Target.Answer answer = send(optional, "DPoP " + token, proof(token, key));
    assertEquals(200, answer.status(), answer::toString);
    assertTrue(answer.body().contains("joe"));
  }

  @Test
  void withoutATokenBothSchemesAreOffered() throws Exception {
    Target.Answer answer = send(optional, "-", null);
    assertEquals(401, answer.status());
    String challenge = answer.headers().get("www-authenticate");
    // Clients look for Bearer at the begin
    assertTrue(challenge.startsWith("Bearer scope=\"mcp:use\", resource_metadata="), challenge);
    assertTrue(challenge.contains(", DPoP resource_metadata="), challenge);
    assertTrue(challenge.indexOf("error") < 0, challenge);
  }

  @Test
  void otherTokensAreAcceptedUnlessItIsRequired() throws Exception {
    assertEquals(200, send(optional, "Bearer " + Tokens.valid(), null).status());
    ResourceServer required = ProtectedServer.settings().dpop(true).build();
    Target.Answer answer = send(required, "Bearer " + Tokens.valid(), null);
    assertRefused("invalid_token", answer);
    assertTrue(answer.headers().get("www-authenticate").startsWith("DPoP "));
    String token = bound("ec-1");
    assertEquals(200, send(required, "DPoP " + token, proof(token, "ec-1")).status());
  }

  @Test
  void aStolenTokenIsOfNoUse() throws Exception {
    String token = bound("ec-1");
    assertRefused("invalid_token", send(optional, "Bearer " + token, null));
    assertRefused("invalid_token", send(optional, "Bearer " + token, proof(token, "ec-1")));
    assertRefused(BAD, send(optional, "DPoP " + token, proof(token, "ec-9")));
    assertRefused(BAD, send(optional, "DPoP " + token, null));
    String other = Tokens.valid();
    assertRefused("invalid_token", send(optional, "DPoP " + other, proof(other, "ec-1")));
  }

  @ParameterizedTest
  @CsvSource({
    "htm, GET",
    "htm, post",
    "htu, https://other.example/mcp",
    "htu, https://api.example.com/dev/echo/mcp/other",
    "htu, https://api.example.com",
    "ath, AAAA",
    "jti, ''",
    "nonsense, x"
  })
  void aProofForSomethingElseIsRefused(String name, String value) throws Exception {
    String token = bound("ec-1");
    String proof = proof(token, "ec-1", header -> {}, claims -> claims.put(name, value));
    Target.Answer answer = send(optional, "DPoP " + token, proof);
    if (name.equals("nonsense")) {
      assertEquals(200, answer.status());
    } else {
      assertRefused(BAD, answer);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"htm", "htu", "ath", "jti", "iat"})
  void aProofWithoutAMemberIsRefused(String name) throws Exception {
    String token = bound("ec-1");
    String proof = proof(token, "ec-1", header -> {}, claims -> claims.remove(name));
    assertRefused(BAD, send(optional, "DPoP " + token, proof));
  }

  @ParameterizedTest
  @CsvSource({"-61, false", "-59, true", "59, true", "61, false"})
  void aProofIsValidForAMinute(long seconds, boolean valid) throws Exception {
    String token = bound("ec-1");
    String proof = proof(
        token,
        "ec-1",
        header -> {},
        claims -> claims.put("iat", Tokens.NOW.getEpochSecond() + seconds));
    assertEquals(valid ? 200 : 401, send(optional, "DPoP " + token, proof).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com/dev/echo/mcp?a=b",
        "https://api.example.com/dev/echo/mcp#x",
        "https://API.example.com/dev/echo/mcp/"
      })
  void theUrlIsComparedWithoutQueryAndFragment(String url) throws Exception {
    String token = bound("ec-1");
    String proof = proof(token, "ec-1", header -> {}, claims -> claims.put("htu", url));
    assertEquals(200, send(optional, "DPoP " + token, proof).status());
  }

  /** RFC 9449 4.3: "servers SHOULD employ syntax-based … and scheme-based normalization". */
  @ParameterizedTest
  @CsvSource({
    "https://api.example.com:443/dev/echo/mcp, true",
    "HTTPS://api.example.com:0443/dev/echo/mcp, true",
    "https://api.example.com:/dev/echo/mcp, true",
    "https://api.example.com/dev/%65cho/mc%70, true",
    "https://%61pi.example.com/dev/echo/mcp, true",
    "https://api.example.com/dev/./echo/x/../mcp, true",
    "https://api.example.com/dev/%2e/echo/mcp, true",
    "https://api.example.com/dev/echo/mcp?a|b, true",
    "https://api.example.com:444/dev/echo/mcp, false",
    "http://api.example.com/dev/echo/mcp, false",
    "https://api.example.com/dev%2Fecho/mcp, false",
    "https://api.example.com/dev//echo/mcp, false",
    "https://api.example.com/dev/echo/mcp//, false",
    "https://api.example.com/DEV/echo/mcp, false",
    "https://api.example.com/../dev/echo/mcp/.., false",
    "https://joe@api.example.com/dev/echo/mcp, false",
    "https://api.example.com%2Fdev/echo/mcp, false",
    "https://api.example.com/dev/echo/mcp%, false",
    "https://api.example.com/dev/echo/mcp%7, false",
    "'https://api.example.com/dev/echo/mcp ', false",
    "//api.example.com/dev/echo/mcp, false",
    "/dev/echo/mcp, false"
  })
  void theUrlIsNormalized(String url, boolean same) throws Exception {
    String token = bound("ec-1");
    String proof = proof(token, "ec-1", header -> {}, claims -> claims.put("htu", url));
    Target.Answer answer = send(optional, "DPoP " + token, proof);
    if (same) {
      assertEquals(200, answer.status(), answer::toString);
    } else {
      assertRefused(BAD, answer);
      String expected = "The htu of the proof must be " + Tokens.RESOURCE;
      assertTrue(answer.body().contains(expected), answer::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "htm, The htm of the proof must be POST",
    "ath, The ath of the proof",
    "iat, The iat of the proof must be a time within 60 seconds",
    "jti, The jti of the proof"
  })
  void anErrorNamesTheMember(String name, String message) throws Exception {
    String token = bound("ec-1");
    String proof = proof(token, "ec-1", header -> {}, claims -> claims.remove(name));
    Target.Answer answer = send(optional, "DPoP " + token, proof);
    assertTrue(answer.body().contains(message), answer::toString);
    assertTrue(answer.headers().get("www-authenticate").contains(message), answer::toString);
  }

  @Test
  void anErrorNamesTheMemberOfTheHeader() throws Exception {
    String token = bound("ec-1");
    Map<String, Consumer<ObjectNode>> changes = Map.of(
        "The typ of the proof must be dpop+jwt", header -> header.put("typ", "JWT"),
        "must not have crit", header -> header.putArray("crit").add("x"),
        "The alg of the proof must be one of RS256 PS256", header -> header.put("alg", "none"),
        "The jwk of the proof must be a public key",
            header -> ((ObjectNode) header.get("jwk")).put("d", "AAAA"));
    for (Map.Entry<String, Consumer<ObjectNode>> each : changes.entrySet()) {
      String proof = proof(token, "ec-1", each.getValue(), claims -> {});
      Target.Answer answer = send(optional, "DPoP " + token, proof);
      assertTrue(answer.body().contains(each.getKey()), answer::toString);
    }
  }

  /** Then there is no challenge for Bearer, in which a client would find the scopes. */
  @Test
  void theChallengeForRequiredProofsHasTheScopes() throws Exception {
    ResourceServer required = ProtectedServer.settings().dpop(true).build();
    for (String authorization : new String[] {"-", "Bearer " + Tokens.valid()}) {
      String challenge = send(required, authorization, null).headers().get("www-authenticate");
      assertTrue(challenge.startsWith("DPoP "), challenge);
      assertTrue(challenge.contains("scope=\"mcp:use\""), challenge);
    }
    Target.Answer malformed = send(required, "DPoP", null);
    assertEquals(400, malformed.status());
    assertTrue(malformed.body().contains("with DPoP and a token"), malformed::toString);
  }

  @Test
  void theHeaderOfAProofIsChecked() throws Exception {
    String token = bound("ec-1");
    for (Consumer<ObjectNode> change : java.util.List.<Consumer<ObjectNode>>of(
        header -> header.put("typ", "JWT"),
        header -> header.remove("typ"),
        header -> header.put("alg", "none"),
        header -> header.put("alg", "HS256"),
        header -> header.put("alg", "RS256"),
        header -> header.remove("jwk"),
        header -> header.set("jwk", Tokens.jwk("ec-9")),
        header -> header.set("jwk", Tokens.jwk("p384-1")),
        header -> ((ObjectNode) header.get("jwk")).put("d", "AAAA"),
        header -> header.putArray("crit").add("x"))) {
      String proof = proof(token, "ec-1", change, claims -> {});
      assertRefused(BAD, send(optional, "DPoP " + token, proof));
    }
    String good = proof(token, "ec-1");
    for (String bad : new String[] {"", "abc", good + "x", good + "\n" + good}) {
      assertRefused(BAD, send(optional, "DPoP " + token, bad));
    }
  }

  @Test
  void aNonceOfTheServerIsRequiredWhereNoncesAreOn() throws Exception {
    StateKeys keys = StateKeys.ofThisProcess();
    ResourceServer server = ProtectedServer.settings().dpopNonces(keys).build();
    ResourceServer instance = ProtectedServer.settings().dpopNonces(keys).build();
    String token = bound("ec-1");
    Target.Answer first = send(server, "DPoP " + token, proof(token, "ec-1"));
    assertRefused("use_dpop_nonce", first);
    String nonce = first.headers().get("dpop-nonce");
    assertNotNull(nonce);
    String proof = proof(token, "ec-1", header -> {}, claims -> claims.put("nonce", nonce));
    assertEquals(200, send(server, "DPoP " + token, proof).status());
    assertEquals(200, send(instance, "DPoP " + token, proof).status());
    ResourceServer stranger =
        ProtectedServer.settings().dpopNonces(StateKeys.ofThisProcess()).build();
    assertRefused("use_dpop_nonce", send(stranger, "DPoP " + token, proof));
    ResourceServer later = ProtectedServer.settings()
        .clock(java.time.Clock.offset(ProtectedServer.CLOCK, java.time.Duration.ofSeconds(301)))
        .dpopNonces(keys)
        .build();
    String fresh = proof(
        token,
        "ec-1",
        header -> {},
        claims -> claims.put("nonce", nonce).put("iat", Tokens.NOW.getEpochSecond() + 301));
    assertRefused("use_dpop_nonce", send(later, "DPoP " + token, fresh));
    assertNull(send(optional, "-", null).headers().get("dpop-nonce"));
    assertNotNull(send(server, "-", null).headers().get("dpop-nonce"));
  }

  /** Also where a server asks twice about one request, before and after it has the content. */
  @Test
  void aProofIsAcceptedOnceWhereThereIsAStore() throws Exception {
    Map<String, Instant> seen = new ConcurrentHashMap<>();
    ResourceServer server = ProtectedServer.settings()
        .dpopReplayStore((id, until) -> seen.putIfAbsent(id, until) == null)
        .build();
    String token = bound("ec-1");
    String proof = proof(token, "ec-1");
    HttpHeaders headers = HttpHeaders.of("Authorization", "DPoP " + token, "DPoP", proof);
    HttpRequest request =
        new HttpRequest("POST", "/echo/mcp", headers, HttpRequest.Body.of(new byte[0]));
    assertTrue(server.authenticate(request).caller().isPresent());
    assertTrue(server.authenticate(request).caller().isPresent());
    assertRefused(BAD, send(server, "DPoP " + token, proof));
    assertEquals(1, seen.size());
    assertEquals(Tokens.NOW.plusSeconds(120), seen.values().iterator().next());
  }

  /** Jetty asks before it receives the content of such a client, and again when it has it. */
  @Test
  void aClientThatWaitsToBeAskedForItsContentUsesItsProofOnce() throws Exception {
    Map<String, Instant> seen = new ConcurrentHashMap<>();
    ResourceServer oauth = ProtectedServer.settings()
        .dpopReplayStore((id, until) -> seen.putIfAbsent(id, until) == null)
        .build();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new McpHandler(ProtectedServer.endpoint(oauth)));
    server.start();
    String token = bound("ec-1");
    MatrixCase each = new MatrixCase("", "POST tool:whoami", "DPoP " + token, "");
    Map<String, String> headers = each.headers();
    String body = each.body(headers);
    StringBuilder head = new StringBuilder("POST /echo/mcp HTTP/1.1\r\n");
    headers.put("DPoP", proof(token, "ec-1"));
    headers.put("Expect", "100-continue");
    headers.put("Content-Length", Integer.toString(body.length()));
    headers.forEach(
        (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    try (RawClient client = new RawClient(connector.getLocalPort())) {
      client.send(head.append("\r\n").toString());
      assertEquals(100, client.receiveHead().status());
      client.send(body);
      assertEquals(200, client.receive().status());
    } finally {
      server.stop();
    }
    assertEquals(1, seen.size());
  }

  /** The certificate of the client cannot be checked here. */
  @Test
  void aTokenThatIsAlsoBoundToACertificateIsRefused() throws Exception {
    ObjectNode claims = Tokens.claims();
    claims.putObject("cnf").put("jkt", thumbprint("ec-1")).put("x5t#S256", "abc");
    String token = Tokens.sign(Tokens.header("RS256", "rsa-1"), claims, "rsa-1");
    assertRefused("invalid_token", send(optional, "DPoP " + token, proof(token, "ec-1")));
  }

  @Test
  void theMetadataSaysIt() {
    HttpRequest request =
        new HttpRequest("GET", "/", HttpHeaders.NONE, HttpRequest.Body.of(new byte[0]));
    assertNotNull(optional.documents().get(Metadata.WELL_KNOWN).apply(request));
  }

  @Test
  void theChallengeForScopesHasTheSchemeOfTheToken() {
    HttpRequest request = new HttpRequest(
        "POST", "/", HttpHeaders.of("Authorization", "DPoP abc"), HttpRequest.Body.of(new byte[0]));
    String challenge = optional.scopeChallenge(request, java.util.List.of("a"));
    assertTrue(challenge.startsWith("DPoP error="), challenge);
    assertTrue(challenge.endsWith("algs=\"RS256 PS256 ES256 ES384 EdDSA\""), challenge);
  }
}
