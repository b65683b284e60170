package dev.statelessmcp.examples.echo;

import static dev.statelessmcp.examples.echo.Templates.JSON;
import static dev.statelessmcp.examples.echo.Templates.keys;
import static dev.statelessmcp.examples.echo.Templates.names;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The REST API and its layer. The rules for all templates are in SamVariantsTest. */
class SamTemplateTest {
  private static final JsonNode TEMPLATE = Templates.load("template");
  private static final JsonNode LAYER = Templates.load("layer");
  private static final String CODE_URI = "/Resources/Fn/Properties/CodeUri";
  private static final JsonNode FUNCTION = TEMPLATE.at("/Resources/Fn/Properties");

  @Test
  void parametersHaveTheirDefaults() {
    Map<String, String> defaults = new TreeMap<>();
    TEMPLATE
        .get("Parameters")
        .properties()
        .forEach(p -> defaults.put(p.getKey(), p.getValue().path("Default").asText(null)));
    Map<String, String> expected = Map.of(
        "apiStage", "dev",
        "fnMemory", "512",
        "fnTimeout", "15",
        "fnRuntime", "java25",
        "fnArchitecture", "arm64",
        "fnSnapStart", "PublishedVersions",
        "fnExecWrapper", "",
        "logRetention", "7",
        "dependencies", "",
        "insightsLayer", "");
    assertEquals(new TreeMap<>(expected), defaults);
    assertEquals(128, TEMPLATE.at("/Parameters/fnMemory/MinValue").asInt());
    assertEquals(1, TEMPLATE.at("/Parameters/fnTimeout/MinValue").asInt());
    assertEquals(29, TEMPLATE.at("/Parameters/fnTimeout/MaxValue").asInt());
  }

  @Test
  void functionIsTheLambdaHandler() {
    assertEquals(EchoLambda.class.getName(), FUNCTION.path("Handler").asText());
    assertEquals("../target/echo-lambda.zip", TEMPLATE.at(CODE_URI).asText());
    for (String property : List.of("Runtime", "MemorySize", "Timeout")) {
      String parameter = FUNCTION.at("/" + property + "/Ref").asText();
      assertTrue(TEMPLATE.path("Parameters").has(parameter), property);
    }
    assertEquals("live", FUNCTION.path("AutoPublishAlias").asText());
    assertTrue(FUNCTION.path("AutoPublishAliasAllProperties").asBoolean());
    assertEquals("fnSnapStart", FUNCTION.at("/SnapStart/ApplyOn/Ref").asText());
  }

  @ParameterizedTest
  @CsvSource({"hasDependencies, dependencies", "hasInsights, insightsLayer"})
  void layersAreOptional(String condition, String parameter) {
    String given = "{'Fn::Not':[{'Fn::Equals':[{'Ref':'%s'},'']}]}".formatted(parameter);
    assertEquals(given, quoted(TEMPLATE.at("/Conditions/" + condition)));
    String layer = "{'Fn::If':['%s',{'Ref':'%s'},{'Ref':'AWS::NoValue'}]}";
    assertTrue(quoted(FUNCTION.get("Layers")).contains(layer.formatted(condition, parameter)));
  }

  @Test
  void theStartScriptIsOptional() {
    assertEquals(
        "{'Fn::If':['hasExecWrapper',{'Ref':'fnExecWrapper'},{'Ref':'AWS::NoValue'}]}",
        quoted(FUNCTION.at("/Environment/Variables/AWS_LAMBDA_EXEC_WRAPPER")));
    assertEquals(
        "['','/var/task/bootstrap']",
        quoted(TEMPLATE.at("/Parameters/fnExecWrapper/AllowedValues")));
    assertEquals("off", FUNCTION.at("/Environment/Variables/MCP_STREAMING").asText());
  }

  @Test
  void everyMethodOfThePathAndOfWhatIsBelowReachesTheServer() {
    Set<String> routes = new TreeSet<>();
    for (JsonNode event : FUNCTION.get("Events")) {
      JsonNode properties = event.get("Properties");
      assertEquals("Api", event.get("Type").asText());
      assertEquals("Api", properties.at("/RestApiId/Ref").asText());
      routes.add(
          properties.get("Method").asText() + " " + properties.get("Path").asText());
    }
    assertEquals(
        Set.of("ANY /echo/mcp", "ANY /echo/mcp/{proxy+}", "ANY /.well-known/ai-catalog.json"),
        routes);
    assertEquals("/echo/mcp", FUNCTION.at("/Environment/Variables/MCP_PATH").asText());
  }

  /** The API names the function, so a function that names the API could not be deployed. */
  @Test
  void functionDoesNotDependOnTheApi() {
    ObjectNode withoutEvents = FUNCTION.deepCopy();
    withoutEvents.remove("Events");
    assertFalse(names(withoutEvents, new HashSet<>()).contains("Api"));
  }

  @Test
  void outputsLeadToTheServer() {
    Set<String> names = Set.of("outApi", "outApiEndpoint", "outFn", "outMcpUrl");
    assertEquals(names, keys(TEMPLATE.get("Outputs")));
    String endpoint = TEMPLATE.at("/Outputs/outApiEndpoint/Value/Fn::Sub").asText();
    assertTrue(endpoint.endsWith("/${apiStage}"), endpoint);
    assertEquals(
        endpoint + "/echo/mcp", TEMPLATE.at("/Outputs/outMcpUrl/Value/Fn::Sub").asText());
    assertEquals("LayerMcp", LAYER.at("/Outputs/outLayer/Value/Ref").asText());
  }

  @Test
  void everythingIsLoggedForALimitedTimeAndTraced() throws IOException {
    for (String group : List.of("ApiLogGroup", "FnLogGroup")) {
      JsonNode resource = TEMPLATE.path("Resources").path(group);
      assertEquals("AWS::Logs::LogGroup", resource.path("Type").asText(), group);
      assertEquals(
          "logRetention", resource.at("/Properties/RetentionInDays/Ref").asText(), group);
    }
    assertEquals("FnLogGroup", FUNCTION.at("/LoggingConfig/LogGroup/Ref").asText());
    assertEquals("JSON", FUNCTION.at("/LoggingConfig/LogFormat").asText());
    assertEquals("Active", FUNCTION.get("Tracing").asText());
    JsonNode api = TEMPLATE.at("/Resources/Api/Properties");
    assertTrue(api.get("TracingEnabled").asBoolean());
    assertEquals(
        "ApiLogGroup.Arn", api.at("/AccessLogSetting/DestinationArn/Fn::GetAtt").asText());
    String line = api.at("/AccessLogSetting/Format").asText();
    assertFalse(line.contains("\n"), line);
    assertTrue(JSON.readTree(line).size() > 10, line);
  }

  @Test
  void roleMayDoNoMoreThanNeeded() {
    JsonNode role = TEMPLATE.at("/Resources/FnRole/Properties");
    String managed = quoted(role.get("ManagedPolicyArns"));
    assertTrue(managed.contains("policy/AWSXRayDaemonWriteAccess'"), managed);
    assertTrue(managed.contains("{'Fn::If':['hasInsights',"), managed);
    assertFalse(quoted(role.get("Policies")).contains("*"), "a wildcard in an inline policy");
    assertEquals("FnRole.Arn", FUNCTION.at("/Role/Fn::GetAtt").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Api", "Fn"})
  void resourcesSayWhoseTheyAre(String resource) {
    JsonNode tags = TEMPLATE.at("/Resources/" + resource + "/Properties/Tags");
    assertEquals(Set.of("application:group", "application:owner"), keys(tags));
  }

  @Test
  void layerHoldsTheDependencies() {
    JsonNode layer = LAYER.at("/Resources/LayerMcp");
    assertEquals("AWS::Serverless::LayerVersion", layer.get("Type").asText());
    assertEquals("../target/echo-layer.zip", layer.at("/Properties/ContentUri").asText());
    assertEquals("['java21','java25']", quoted(layer.at("/Properties/CompatibleRuntimes")));
    assertEquals("Delete", layer.at("/Properties/RetentionPolicy").asText());
  }

  private static String quoted(JsonNode node) {
    return node.toString().replace('"', '\'');
  }
}
