package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The server card and the catalogue, by the routes of the templates and the runtime interface
 * client of AWS: once of a function that publishes them, and checks tokens, and once of one that
 * has no card.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
class ServerCardIT {
  private static final Path ZIP = Path.of("..", "echo", "target", "echo-lambda.zip");
  private static final String ENDPOINT = "/echo/mcp";
  private static final String CARD = "/echo/mcp/server-card";
  private static final String CATALOG = "/.well-known/ai-catalog.json";
  private static final String URL = "https://mcp.example.com/echo/mcp";

  private static LambdaProcess described;
  private static LambdaProcess plain;

  @BeforeAll
  static void start() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("1").generate();
    described = LambdaProcess.of(ZIP, EchoLambda.class.getName())
        .environment("MCP_PATH", ENDPOINT)
        .environment("MCP_OAUTH_RESOURCE", URL)
        .environment("MCP_OAUTH_ISSUER", "https://login.example.com")
        .environment("MCP_OAUTH_JWKS", new JWKSet(key.toPublicJWK()).toString())
        .environment("MCP_CARD_NAMESPACE", "com.example")
        .start();
    plain = LambdaProcess.of(ZIP, EchoLambda.class.getName())
        .environment("MCP_PATH", ENDPOINT)
        .environment("MCP_CARD_NAMESPACE", "") // as a template passes an empty parameter
        .start();
  }

  @AfterAll
  static void stop() {
    described.close();
    plain.close();
  }

  static List<ApiRoutes> apis() {
    return Templates.functions().stream()
        .map(ApiRoutes::of)
        .filter(api -> api.template().at("/Resources").has("Api"))
        .toList();
  }

  private static JsonNode invoke(LambdaProcess function, ObjectNode event) {
    InvocationResult answer = function.invoke(Json.write(event));
    assertFalse(answer.isError(), answer::text);
    return Json.parse(answer.text());
  }

  private static int status(LambdaProcess function, ObjectNode event) {
    return invoke(function, event).path("statusCode").asInt();
  }

  @ParameterizedTest
  @MethodSource("apis")
  void cardAndCatalogueNeedNoToken(ApiRoutes api) {
    assertTrue(api.isPublic(CARD), "the card");
    assertTrue(api.isPublic(CATALOG), "the catalogue");
    JsonNode answer = invoke(described, api.event("GET", CARD));
    assertEquals(200, answer.path("statusCode").asInt(), answer::toString);
    JsonNode card = Json.parse(answer.path("body").asText());
    assertEquals("com.example/echo", card.path("name").asText());
    assertEquals(URL, card.at("/remotes/0/url").asText());
    JsonNode other = invoke(described, api.event("GET", CATALOG));
    assertEquals(200, other.path("statusCode").asInt(), other::toString);
    JsonNode catalog = Json.parse(other.path("body").asText());
    assertEquals(URL + "/server-card", catalog.at("/entries/0/url").asText());
    assertEquals(204, status(described, api.event("OPTIONS", CARD)));
  }

  /** What API Gateway lets through without a token must not lead to a tool. */
  @ParameterizedTest
  @MethodSource("apis")
  void nothingElseIsThere(ApiRoutes api) {
    for (String path : List.of(CARD, CATALOG)) {
      assertEquals(405, status(described, api.event("POST", path)), path);
      assertEquals(404, status(plain, api.event("POST", path)), path);
      assertEquals(404, status(plain, api.event("GET", path)), path);
    }
    assertEquals(401, status(described, api.event("POST", ENDPOINT)));
    assertEquals(200, status(plain, api.event("POST", ENDPOINT)));
    assertNotEquals(200, status(plain, api.event("POST", ENDPOINT + "/other")));
  }
}
