package dev.statelessmcp.examples.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The notes as they are deployed: behind HTTP, for who has an access token. */
class ProtectedNotesTest {
  private static final String RESOURCE = "https://notes.example.com/mcp";
  private static final String ISSUER = "https://login.example.com";

  private static ECKey key;
  private static McpHttpServer server;

  @BeforeAll
  static void start() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    Map<String, String> environment = Map.of(
        "MCP_OAUTH_RESOURCE", RESOURCE,
        "MCP_OAUTH_ISSUER", ISSUER,
        "MCP_OAUTH_JWKS", new JWKSet(key.toPublicJWK()).toString());
    server = NotesMain.http(environment, 0).start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String token(String user, String audience) throws JOSEException {
    SignedJWT token = new SignedJWT(
        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("1").build(),
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject(user)
            .audience(audience)
            .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
            .build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private static McpTestClient user(String name) throws JOSEException {
    return McpTestClient.http(server.uri())
        .header("Authorization", "Bearer " + token(name, RESOURCE));
  }

  /** The challenge with which a request of the client is refused. */
  private static String challenge(McpTestClient client) {
    TestAnswer refused = client.request("tools/list", Json.object()).hasStatus(401);
    return refused.header("www-authenticate").orElseThrow();
  }

  @Test
  void eachCallerSeesOnlyTheirNotes() throws Exception {
    try (McpTestClient ann = user("ann");
        McpTestClient joe = user("joe")) {
      ann.call("write", Map.of("title", "diary", "text", "Dear diary")).isOk();
      joe.call("write", Map.of("title", "to buy", "text", "* milk")).isOk();
      assertEquals(Set.of("notes:///diary"), ann.resources().keySet());
      assertEquals(Set.of("notes:///to%20buy"), joe.resources().keySet());
      ann.read("notes:///diary").has("/contents/0/text", "Dear diary");
      joe.read("notes:///diary").hasError(-32602);
      joe.call("delete", Map.of("title", "diary")).hasToolError("There is no note \"diary\"");
    }
    try (McpTestClient later = user("ann")) { // another token of the same user
      later.read("notes:///diary").has("/contents/0/text", "Dear diary");
    }
  }

  @Test
  void withoutATokenTheClientLearnsWhereToGetOne() throws Exception {
    String path = "/.well-known/oauth-protected-resource/mcp";
    assertEquals(
        "Bearer resource_metadata=\"https://notes.example.com" + path + "\"",
        challenge(McpTestClient.http(server.uri())));
    HttpResponse<String> found = HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(server.uri().resolve(path)).build(), BodyHandlers.ofString());
    assertEquals(200, found.statusCode(), found.body());
    JsonNode metadata = Json.parse(found.body());
    assertEquals(RESOURCE, metadata.path("resource").asText());
    assertEquals(ISSUER, metadata.at("/authorization_servers/0").asText());
  }

  @Test
  void aTokenForAnotherServerIsRefused() throws Exception {
    String other = "Bearer " + token("ann", "https://other.example.com/mcp");
    String challenge = challenge(McpTestClient.http(server.uri()).header("Authorization", other));
    assertTrue(challenge.contains("error=\"invalid_token\""), challenge);
  }
}
