package example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.oauth.ResourceServer;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that only those may use who have a token of an issuer. */
class OAuthTest {
  private static final String ISSUER = "https://login.example.com";
  private static final String RESOURCE = "https://mcp.example.com/mcp";

  private ECKey key;
  private ResourceServer oauth;

  private final McpServer server = McpServer.named("protected", "1.0.0")
      .tool(Tool.of(
          "who", "Says who calls", NoArguments.class, (none, call) ->
              ToolResult.text(call.caller().principal())))
      .tool(Tool.of("write", "Writes", NoArguments.class, (none, call) -> ToolResult.text("done"))
          .requires("weather:write"))
      .build();

  @BeforeEach
  void start() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    oauth = ResourceServer.builder(RESOURCE)
        .keys(ISSUER, new JWKSet(key.toPublicJWK()).toString())
        .requiredScopes("weather:read")
        .build();
  }

  private String token(String audience, String scope) throws Exception {
    SignedJWT token = new SignedJWT(
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .type(new JOSEObjectType("at+jwt"))
            .keyID("k")
            .build(),
        new JWTClaimsSet.Builder()
            .issuer(ISSUER)
            .subject("ann")
            .audience(audience)
            .claim("client_id", "app")
            .claim("scope", scope)
            .jwtID("1")
            .issueTime(Date.from(Instant.now()))
            .expirationTime(Date.from(Instant.now().plusSeconds(300)))
            .build());
    token.sign(new ECDSASigner(key));
    return "Bearer " + token.serialize();
  }

  private void check(McpTestClient client) throws Exception {
    TestAnswer nobody = client.call("who").hasStatus(401);
    String challenge = nobody
        .header("WWW-Authenticate")
        .or(() -> nobody.header("x-amzn-Remapped-WWW-Authenticate")) // by API Gateway
        .orElse("");
    assertTrue(challenge.contains("/.well-known/oauth-protected-resource/mcp"), challenge);
    client.header("Authorization", token("https://other.example.com", "weather:read"))
        .call("who")
        .hasStatus(401);
    client.header("Authorization", token(RESOURCE, "other")).call("who").hasStatus(403);
    McpTestClient ann = client.header("Authorization", token(RESOURCE, "weather:read"));
    ann.call("who").hasText("ann");
    ann.legacy().call("who").hasText("ann");
    ann.call("write").hasStatus(403);
    client.header("Authorization", token(RESOURCE, "weather:read weather:write"))
        .call("write")
        .hasText("done");
  }

  @Test
  void overHttp() throws Exception {
    try (McpHttpServer http =
        McpHttpServer.builder(server).port(0).authenticator(oauth).start()) {
      check(McpTestClient.http(http.uri()));
      HttpResponse<String> metadata = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(
                      http.uri().resolve("/.well-known/oauth-protected-resource/mcp"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertEquals(200, metadata.statusCode(), metadata::body);
      assertTrue(metadata.body().contains(ISSUER), metadata::body);
    }
  }

  @Test
  void asALambdaFunction() throws Exception {
    McpLambdaHandler handler =
        new McpLambdaHandler(server, LambdaSettings.defaults().authenticator(oauth)) {};
    check(McpTestClient.of(LambdaTransport.of(handler, LambdaEvent.HTTP_API, "/mcp")));
  }
}
