package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Checks the deployment files without an AWS account and without the SAM CLI: a mistake in them
 * would otherwise show only at the first user's first deployment.
 */
class SamTemplateTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final JsonNode TEMPLATE = load("template.yaml");
  private static final JsonNode LAYER = load("layer.yaml");
  private static final String CODE_URI = "/Resources/Fn/Properties/CodeUri";
  private static final JsonNode FUNCTION = TEMPLATE.at("/Resources/Fn/Properties");

  @ParameterizedTest
  @ValueSource(strings = {"template.yaml", "layer.yaml"})
  void followsTheSamSchema(String file) throws IOException {
    Validator.Result result = validate(load(file));
    assertTrue(result.isValid(), () -> describe(result));
  }

  /** A schema whose draft the validator did not know would find no fault anywhere. */
  @Test
  void schemaFindsAMisspeltProperty() throws IOException {
    ObjectNode broken = TEMPLATE.deepCopy();
    ObjectNode properties = (ObjectNode) broken.at("/Resources/Fn/Properties");
    properties.set("AutoPublishAlais", properties.remove("AutoPublishAlias"));
    Validator.Result result = validate(broken);
    assertFalse(result.isValid());
    assertTrue(describe(result).contains("AutoPublishAlais"), () -> describe(result));
  }

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
  void everyMethodOfThePathAndOfWhatIsBelowReachesTheServer() {
    Set<String> routes = new TreeSet<>();
    for (JsonNode event : FUNCTION.get("Events")) {
      JsonNode properties = event.get("Properties");
      assertEquals("Api", event.get("Type").asText());
      assertEquals("Api", properties.at("/RestApiId/Ref").asText());
      routes.add(
          properties.get("Method").asText() + " " + properties.get("Path").asText());
    }
    assertEquals(Set.of("ANY /echo/mcp", "ANY /echo/mcp/{proxy+}"), routes);
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

  @ParameterizedTest
  @ValueSource(strings = {"template.yaml", "layer.yaml"})
  void namesWhatExists(String file) {
    JsonNode template = load(file);
    Set<String> known = new HashSet<>(keys(template.path("Parameters")));
    known.addAll(keys(template.path("Resources")));
    known.addAll(keys(template.path("Conditions")));
    for (String pseudo : List.of("NoValue", "Partition", "Region", "StackName", "URLSuffix")) {
      known.add("AWS::" + pseudo);
    }
    Set<String> unknown = names(template, new TreeSet<>());
    assertFalse(unknown.isEmpty());
    unknown.removeAll(known);
    assertEquals(Set.of(), unknown);
  }

  @Test
  void settingsFitTheTemplates() throws IOException {
    Map<String, String> settings = settings();
    Set<String> expected = Set.of(
        "PROFILE",
        "BUCKET",
        "REGION",
        "P_DESCRIPTION",
        "O_LAYER_ARN",
        "P_API_STAGE",
        "P_FN_MEMORY",
        "P_FN_TIMEOUT",
        "LAYER_STACK",
        "LAYER_TEMPLATE",
        "LAYER_OUTPUT",
        "LAYER_PARAMS",
        "APIGW_STACK",
        "APIGW_TEMPLATE",
        "APIGW_OUTPUT",
        "APIGW_PARAMS");
    assertTrue(settings.keySet().containsAll(expected), settings::toString);
    Set<String> passed = parameterKeys(settings.get("APIGW_PARAMS"));
    assertTrue(
        passed.containsAll(Set.of("apiStage", "fnMemory", "fnTimeout", "dependencies")),
        passed::toString);
    assertTrue(keys(TEMPLATE.get("Parameters")).containsAll(passed), passed::toString);
    assertEquals(keys(LAYER.get("Parameters")), parameterKeys(settings.get("LAYER_PARAMS")));
  }

  @Test
  void makefileHasItsTargets() throws IOException {
    Set<String> targets = matches("(?m)^([a-z.]+):", Files.readString(MODULE.resolve("makefile")));
    Set<String> expected = Set.of(
        "help",
        "build",
        "layer",
        "layer.build",
        "layer.package",
        "layer.deploy",
        "apigw",
        "apigw.package",
        "apigw.deploy",
        "apigw.delete");
    assertTrue(targets.containsAll(expected), targets::toString);
  }

  /**
   * Runs the makefile with a SAM CLI that only prints its arguments. Every setting that matters is
   * given here, so that a developer's own values in environment.sh change nothing.
   */
  @Test
  void makefileCallsSamAsMeant(@TempDir Path folder) throws Exception {
    assumeTrue(run(MODULE, "make", "--version").status() == 0, "no make here");
    for (String file : List.of("makefile", "etc/environment.sh", "sam/template.yaml")) {
      Files.createDirectories(folder.resolve(file).getParent());
      Files.copy(MODULE.resolve(file), folder.resolve(file));
    }
    Files.createDirectory(folder.resolve("target"));
    Files.createFile(folder.resolve("target/echo-lambda.zip"));
    Files.createFile(folder.resolve("target/echo-lambda-thin.zip"));

    Run noBucket = run(folder, "make", "apigw", "SAM=echo sam", "BUCKET=");
    assertNotEquals(0, noBucket.status());
    assertTrue(noBucket.output().contains("BUCKET is not set"), noBucket.output());

    String fat = deploy(folder, "REGION=eu-west-1", "PROFILE=", "P_FN_MEMORY=256", "O_LAYER_ARN=");
    assertTrue(fat.contains("sam package -t target/template.yaml --region eu-west-1 "), fat);
    assertTrue(fat.contains("sam deploy -t target/template_output.yaml --region eu-west-1 "), fat);
    assertTrue(fat.contains("ParameterKey=fnMemory,ParameterValue='256' "), fat);
    assertTrue(fat.contains("ParameterKey=dependencies,ParameterValue='' "), fat);
    assertFalse(fat.contains("--profile"), fat);
    JsonNode fatCopy = load(folder.resolve("target/template.yaml"));
    assertEquals("../target/echo-lambda.zip", fatCopy.at(CODE_URI).asText());

    String thin = deploy(folder, "REGION=", "PROFILE=me", "P_FN_MEMORY=256", "O_LAYER_ARN=arn:x");
    assertTrue(thin.contains("sam package -t target/template.yaml --profile me "), thin);
    assertTrue(thin.contains("sam deploy -t target/template_output.yaml --profile me "), thin);
    assertFalse(thin.contains("--region"), thin);
    JsonNode thinCopy = load(folder.resolve("target/template.yaml"));
    assertEquals("../target/echo-lambda-thin.zip", thinCopy.at(CODE_URI).asText());
    // Without this difference SAM would publish no new version for the new settings.
    String description = "/Resources/Fn/Properties/Description";
    assertNotEquals(fatCopy.at(description), thinCopy.at(description));
  }

  private static String deploy(Path folder, String... settings) throws Exception {
    List<String> command = new ArrayList<>(List.of("make", "-s", "apigw.package", "apigw.deploy"));
    command.addAll(List.of("SAM=echo sam", "BUCKET=b"));
    command.addAll(List.of(settings));
    Run run = run(folder, command.toArray(String[]::new));
    assertEquals(0, run.status(), run.output());
    return run.output();
  }

  private static Validator.Result validate(JsonNode template) throws IOException {
    Path schema = samSchema();
    assumeTrue(schema != null, "no shared/sam/sam.schema.json beside the project");
    Validator validator = new ValidatorFactory()
        .withDefaultDialect(new Dialects.Draft4Dialect())
        .withJsonNodeFactory(new JacksonNode.Factory())
        .createValidator();
    URI uri = validator.registerSchema(JSON.readTree(schema.toFile()));
    return validator.validate(uri, template);
  }

  private static Path samSchema() {
    for (Path folder = MODULE; folder != null; folder = folder.getParent()) {
      Path schema = folder.resolve("shared/sam/sam.schema.json");
      if (Files.isRegularFile(schema)) {
        return schema;
      }
    }
    return null;
  }

  private static String describe(Validator.Result result) {
    StringBuilder text = new StringBuilder();
    result.getErrors().stream()
        .limit(400)
        .forEach(e -> text.append(e.getInstanceLocation())
            .append(": ")
            .append(e.getError())
            .append('\n'));
    return text.toString();
  }

  /** Adds every name that a function of CloudFormation refers to. */
  private static Set<String> names(JsonNode node, Set<String> names) {
    node.properties().forEach(field -> {
      JsonNode value = field.getValue();
      switch (field.getKey()) {
        case "Ref" -> names.add(value.asText());
        case "Fn::GetAtt" -> names.add(value.asText().replaceFirst("\\..*", ""));
        case "Fn::If" -> names.add(value.get(0).asText());
        case "Fn::Sub" ->
          matches("\\$\\{([^}]+)}", value.asText())
              .forEach(n -> names.add(n.replaceFirst("\\..*", "")));
        default -> {}
      }
    });
    node.forEach(child -> names(child, names));
    return names;
  }

  private static Set<String> keys(JsonNode node) {
    Set<String> keys = new TreeSet<>();
    node.fieldNames().forEachRemaining(keys::add);
    return keys;
  }

  private static Set<String> parameterKeys(String overrides) {
    return matches("ParameterKey=(\\w+)", overrides);
  }

  private static Set<String> matches(String pattern, String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  private static String quoted(JsonNode node) {
    return node.toString().replace('"', '\'');
  }

  private static Map<String, String> settings() throws IOException {
    Map<String, String> settings = new LinkedHashMap<>();
    for (String line : Files.readAllLines(MODULE.resolve("etc/environment.sh"))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        assertTrue(line.matches("[A-Z_]+=(\"[^\"]+\"|[^\\s\"#]*)"), line);
        settings.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1));
      }
    }
    return settings;
  }

  private static JsonNode load(String file) {
    try {
      return load(MODULE.resolve("sam").resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode load(Path file) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try (Reader reader = Files.newBufferedReader(file)) {
      Object tree = new Yaml(new CloudFormationTags(options)).load(reader);
      return JSON.valueToTree(tree);
    }
  }

  private record Run(int status, String output) {}

  private static Run run(Path folder, String... command) throws Exception {
    Path output = Files.createTempFile("run", ".txt");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      // What a make above this build was called with is not meant for this one.
      builder.environment().keySet().removeIf(name -> name.startsWith("MAKE"));
      Process process;
      try {
        process =
            builder.redirectErrorStream(true).redirectOutput(output.toFile()).start();
      } catch (IOException e) {
        return new Run(127, "cannot be started: " + e.getMessage());
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
      return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  /** Reads a tag such as {@code !Ref x} as the mapping that stands for it in JSON. */
  private static final class CloudFormationTags extends SafeConstructor {
    CloudFormationTags(LoaderOptions options) {
      super(options);
      yamlMultiConstructors.put("!", new AbstractConstruct() {
        @Override
        public Object construct(Node node) {
          String name = node.getTag().getValue().substring(1);
          return Map.of(name.equals("Ref") ? name : "Fn::" + name, value(node));
        }
      });
    }

    private Object value(Node node) {
      if (node instanceof ScalarNode scalar) {
        return constructScalar(scalar);
      }
      return node instanceof SequenceNode sequence
          ? constructSequence(sequence)
          : constructMapping((MappingNode) node);
    }
  }
}
