package dev.statelessmcp.examples.echo;

import static dev.statelessmcp.examples.echo.Templates.MODULE;
import static dev.statelessmcp.examples.echo.Templates.describe;
import static dev.statelessmcp.examples.echo.Templates.load;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Checks the templates without an AWS account and without the SAM CLI. Without it, a mistake would
 * only show in a deployment.
 */
class SamVariantsTest {
  private static final String TEMPLATES = "dev.statelessmcp.examples.echo.Templates#";
  private static final String FN = "/Resources/Fn/Properties";
  /** The public documents. */
  private static final List<String> DOCUMENTS =
      List.of("/echo/mcp/server-card", "/.well-known/ai-catalog.json");

  @ParameterizedTest
  @MethodSource(TEMPLATES + "all")
  void keepsOurOwnRules(String name) {
    assertEquals(List.of(), TemplateRules.problems(load(name)));
  }

  @ParameterizedTest
  @MethodSource(TEMPLATES + "all")
  void followsTheSamSchema(String name) throws IOException {
    Optional<Validator.Result> result = Templates.validate(load(name));
    assumeTrue(result.isPresent(), "no shared/sam/sam.schema.json beside the project");
    assertTrue(result.get().isValid(), () -> describe(result.get()));
  }

  @Test
  void everyVariantIsHere() {
    assertEquals(
        List.of(
            "alb",
            "authorizer",
            "function-url",
            "http-api",
            "layer",
            "oauth",
            "oauth-jwt",
            "streaming",
            "streaming-api",
            "template",
            "web-adapter"),
        Templates.all());
  }

  /** A name has the same meaning in every file, so that a setting works in all of them. */
  @ParameterizedTest
  @MethodSource(TEMPLATES + "functions")
  void parametersHaveTheirCommonNames(String name) {
    JsonNode parameters = load(name).path("Parameters");
    JsonNode common = load("template").path("Parameters");
    for (String parameter : List.of("fnMemory", "fnRuntime", "fnArchitecture", "logRetention")) {
      JsonNode expected = common.path(parameter).path("Default");
      assertEquals(expected, parameters.path(parameter).path("Default"), parameter);
    }
    for (String parameter : List.of("fnTimeout", "fnSnapStart")) {
      assertTrue(parameters.path(parameter).has("Default"), parameter);
    }
    boolean hasStage = load(name).at("/Resources/Api/Properties").has("StageName");
    assertEquals(hasStage, parameters.has("apiStage"));
  }

  @ParameterizedTest
  @CsvSource({"function-url, BUFFERED", "streaming, RESPONSE_STREAM", "web-adapter, RESPONSE_STREAM"
  })
  void functionUrlHasItsMode(String name, String mode) {
    JsonNode url = load(name).at(FN + "/FunctionUrlConfig");
    assertEquals(mode, url.path("InvokeMode").asText());
    assertEquals("AWS_IAM", load(name).at("/Parameters/urlAuth/Default").asText());
  }

  @Test
  void restApiStreamsForAsLongAsTheFunctionMayRun() {
    JsonNode template = load("streaming-api");
    int most = template.at("/Parameters/fnTimeout/MaxValue").asInt();
    for (JsonNode event : template.at(FN + "/Events")) {
      JsonNode properties = event.path("Properties");
      assertEquals("RESPONSE_STREAM", properties.path("ResponseTransferMode").asText());
      assertEquals(most * 1000, properties.path("TimeoutInMillis").asInt());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "template, 29",
    "authorizer, 29",
    "http-api, 29",
    "oauth, 29",
    "oauth-jwt, 29",
    "function-url, 900",
    "alb, 900"
  })
  void functionStopsBeforeItsGateway(String name, int seconds) {
    assertEquals(seconds, load(name).at("/Parameters/fnTimeout/MaxValue").asInt());
  }

  /** A well-known sample has an authorizer that no method uses. */
  @ParameterizedTest
  @CsvSource({"authorizer, Bearer", "http-api, Jwt"})
  void everyMethodAsksTheAuthorizer(String name, String authorizer) {
    JsonNode auth = load(name).at("/Resources/Api/Properties/Auth");
    assertEquals(authorizer, auth.path("DefaultAuthorizer").asText());
    assertTrue(auth.path("Authorizers").has(authorizer));
    for (JsonNode event : load(name).at(FN + "/Events")) {
      JsonNode properties = event.path("Properties");
      boolean document = DOCUMENTS.contains(properties.path("Path").asText());
      String rule = document ? "{\"Authorizer\":\"NONE\"}" : "";
      assertEquals(rule, properties.path("Auth").toString());
    }
  }

  /** API Gateway, or the rule of a listener; function URLs have every path. */
  @ParameterizedTest
  @MethodSource(TEMPLATES + "functions")
  void cardAndCatalogueReachTheFunction(String name) {
    JsonNode template = load(name);
    JsonNode listener = template.at("/Resources/ListenerRule/Properties/Conditions");
    if (template.path("Resources").has("Api")) {
      ApiRoutes api = ApiRoutes.of(name);
      for (String path : DOCUMENTS) {
        assertTrue(api.route(path).has("Path") && api.isPublic(path), path);
      }
      assertEquals(
          "/echo/mcp/server-card",
          template.at("/Resources/Fn/Properties/Environment/Variables/MCP_PATH").asText()
              + "/server-card");
    } else if (listener.isArray()) {
      String paths = listener.path(1).at("/PathPatternConfig/Values").toString();
      assertEquals("[\"/echo/mcp\",\"/echo/mcp/*\",\"/.well-known/ai-catalog.json\"]", paths);
    } else {
      assertTrue(template.at(FN).has("FunctionUrlConfig"), "no way in");
    }
  }

  /** The three ways to check tokens differ in nothing else. */
  @Test
  void metadataNeedsNoTokenAndTheEndpointDoes() {
    assertFalse(load("oauth").at("/Resources/Api/Properties").has("Auth"));
    JsonNode auth = load("oauth-jwt").at("/Resources/Api/Properties/Auth");
    assertEquals("Jwt", auth.path("DefaultAuthorizer").asText());
    for (JsonNode event : load("oauth-jwt").at(FN + "/Events")) {
      JsonNode properties = event.path("Properties");
      String path = properties.path("Path").asText();
      boolean metadata = path.startsWith("/.well-known/") || DOCUMENTS.contains(path);
      assertEquals(metadata ? "NONE" : "", properties.at("/Auth/Authorizer").asText());
    }
    for (String name : List.of("oauth", "oauth-jwt")) {
      assertEquals(name.equals("oauth") ? 5 : 6, load(name).at(FN + "/Events").size());
      JsonNode variables = load(name).at(FN + "/Environment/Variables");
      assertEquals("publicUrl", variables.at("/MCP_OAUTH_RESOURCE/Ref").asText());
      assertEquals("issuer", variables.at("/MCP_OAUTH_ISSUER/Ref").asText());
      assertEquals("publisher", variables.at("/MCP_CARD_NAMESPACE/Ref").asText());
      assertEquals("", load(name).at("/Parameters/publisher/Default").asText("missing"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNAUTHORIZED", "ACCESS_DENIED"})
  void challengeReachesTheClientUnderItsName(String response) {
    JsonNode answer =
        load("authorizer").at("/Resources/Api/Properties/GatewayResponses/" + response);
    assertEquals(401, answer.path("StatusCode").asInt());
    JsonNode challenges = answer.at("/ResponseParameters/Headers/WWW-Authenticate/Fn::If");
    assertEquals("hasMetadata", challenges.path(0).asText());
    // A literal value is in single quotes
    assertTrue(challenges.path(1).path("Fn::Sub").asText().matches("'Bearer .+'"));
    assertTrue(challenges.path(2).asText().matches("'Bearer.*'"));
  }

  @Test
  void tokenIsInNoTemplateAndNoSetting() throws IOException {
    JsonNode template = load("authorizer");
    assertEquals(
        "{{resolve:secretsmanager:${Token}}}",
        template
            .at("/Resources/AuthorizerFn/Properties/Environment/Variables/ECHO_TOKEN/Fn::Sub")
            .asText());
    assertTrue(template.at("/Resources/Token/Properties").has("GenerateSecretString"));
    assertFalse(Files.readString(MODULE.resolve("etc/environment.sh")).contains("TOKEN"));
  }

  @Test
  void loadBalancerChecksTheHealthAndSendsAllHeaders() {
    JsonNode group = load("alb").at("/Resources/TargetGroup");
    assertEquals("TargetPermission", group.path("DependsOn").asText());
    JsonNode properties = group.path("Properties");
    assertEquals("lambda", properties.path("TargetType").asText());
    assertTrue(properties.path("HealthCheckEnabled").asBoolean());
    assertEquals(
        "{\"Key\":\"lambda.multi_value_headers.enabled\",\"Value\":\"true\"}",
        properties.at("/TargetGroupAttributes/0").toString());
    JsonNode permission = load("alb").at("/Resources/TargetPermission/Properties");
    assertEquals(
        "elasticloadbalancing.amazonaws.com", permission.path("Principal").asText());
    assertEquals("AWS::AccountId", permission.at("/SourceAccount/Ref").asText());
    assertEquals("Fn.Alias", permission.at("/FunctionName/Ref").asText());
  }

  @ParameterizedTest
  @MethodSource(TEMPLATES + "functions")
  void readmeTellsWhenToUseIt(String name) throws IOException {
    String readme = Files.readString(MODULE.resolve("README.md"));
    assertTrue(readme.contains("(sam/" + name + ".yaml)"), name);
    String target = name.equals("template") ? "apigw" : name;
    assertTrue(readme.contains("`make " + target + "`"), target);
  }

  /** A function that names its API could not be deployed: the API names the function. */
  @ParameterizedTest
  @MethodSource(TEMPLATES + "functions")
  void functionDoesNotDependOnItsApi(String name) {
    ObjectNode function = load(name).at(FN).deepCopy();
    function.remove("Events");
    Set<String> named = Templates.names(function, new TreeSet<>());
    assertFalse(named.contains("Api") || named.contains("FnUrl"), named::toString);
  }
}
