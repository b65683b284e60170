package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The deployment package, protected by environment variables and nothing else. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
class ProtectedLambdaIT {
  private static final Path ZIP = Path.of("..", "echo", "target", "echo-lambda.zip");
  private static final String RESOURCE = "https://api.example.com/dev/echo/mcp";
  private static final String ISSUER = "https://login.example.com";

  private static RSAKey key;
  private static LambdaProcess function;

  @BeforeAll
  static void start() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("1").generate();
    function = LambdaProcess.of(ZIP, EchoLambda.class.getName())
        .environment("MCP_PATH", "/echo/mcp")
        .environment("MCP_OAUTH_RESOURCE", RESOURCE)
        .environment("MCP_OAUTH_ISSUER", ISSUER)
        .environment("MCP_OAUTH_JWKS", new JWKSet(key.toPublicJWK()).toString())
        .environment("MCP_OAUTH_SCOPES", "echo")
        .start();
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  private static String token(String audience, String scope) throws Exception {
    SignedJWT token = new SignedJWT(
        new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(),
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject("joe")
            .audience(audience)
            .claim("scope", scope)
            .expirationTime(Date.from(Instant.now().plusSeconds(3600)))
            .build());
    token.sign(new RSASSASigner(key));
    return token.serialize();
  }

  /** The answer to each kind of HTTP event, with that token; null for none. */
  private static void assertAnswers(int status, String challenge, String token) {
    for (LambdaEvent event : LambdaEvent.values()) {
      if (event != LambdaEvent.DIRECT) {
        McpTestClient client = McpTestClient.of(LambdaTransport.of(function, event, "/echo/mcp"));
        TestAnswer answer = (token == null
                ? client
                : client.header("Authorization", "Bearer " + token))
            .call("echo", Map.of("message", "hi"))
            .hasStatus(status);
        Optional<String> remapped = answer.header("x-amzn-Remapped-WWW-Authenticate");
        assertEquals(
            challenge,
            remapped
                .or(() -> answer.header("WWW-Authenticate"))
                .orElse(null), // API Gateway renames it
            event::toString);
      }
    }
  }

  private static JsonNode invoke(JsonNode event) {
    InvocationResult answer = function.invoke(Json.write(event));
    assertFalse(answer.isError(), answer::text);
    return Json.parse(answer.text());
  }

  @Test
  void everyEventNeedsAToken() throws Exception {
    String metadata = "resource_metadata=\"https://api.example.com/.well-known/"
        + "oauth-protected-resource/dev/echo/mcp\"";
    assertAnswers(401, "Bearer scope=\"echo\", " + metadata, null);
    assertAnswers(
        401,
        "Bearer error=\"invalid_token\", error_description=\"The token is for another resource\","
            + " scope=\"echo\", " + metadata,
        token("https://other.example", "echo"));
    assertAnswers(
        403,
        "Bearer error=\"insufficient_scope\", error_description=\"More scopes are needed for"
            + " this\", scope=\"echo\", " + metadata,
        token(RESOURCE, "other"));
    assertAnswers(200, null, token(RESOURCE, "echo"));
  }

  @Test
  void metadataIsServedWhereverItIsRouted() {
    for (String path : List.of(
        "/.well-known/oauth-protected-resource",
        "/.well-known/oauth-protected-resource/echo/mcp",
        "/echo/mcp/.well-known/oauth-protected-resource")) {
      ObjectNode event = LambdaEvents.url("").put("rawPath", path);
      event.withObjectProperty("requestContext").putObject("http").put("method", "GET");
      JsonNode answer = invoke(event);
      assertEquals(200, answer.get("statusCode").intValue(), answer::toString);
      JsonNode document = Json.parse(answer.get("body").textValue());
      assertEquals(RESOURCE, document.path("resource").textValue());
      assertEquals(ISSUER, document.at("/authorization_servers/0").textValue());
    }
  }
}
