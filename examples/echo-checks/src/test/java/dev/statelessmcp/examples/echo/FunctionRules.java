package dev.statelessmcp.examples.echo;

import static dev.statelessmcp.examples.echo.Templates.MODULE;
import static dev.statelessmcp.examples.echo.Templates.keys;
import static dev.statelessmcp.examples.echo.Templates.matches;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The rules for one function, with the global section of its template merged into it. */
record FunctionRules(TemplateRules rules, String name, JsonNode properties) {
  private static final Set<String> MODES = Set.of("BUFFERED", "RESPONSE_STREAM");
  private static final Set<String> FUNCTION_PROPERTIES = Set.of(
      ("CodeUri Description Handler Runtime Architectures MemorySize Timeout Role AutoPublishAlias"
              + " AutoPublishAliasAllProperties SnapStart Tracing LoggingConfig Layers"
              + " FunctionUrlConfig Environment Events Tags")
          .split(" "));
  /** The variables that Lambda and the Lambda Web Adapter document. */
  private static final Set<String> AWS_VARIABLES = Set.of(
      "AWS_LAMBDA_EXEC_WRAPPER",
      "AWS_LWA_INVOKE_MODE",
      "AWS_LWA_PORT",
      "AWS_LWA_READINESS_CHECK_PATH");

  FunctionRules(TemplateRules rules, String name) {
    this(rules, name, merged(rules, name));
  }

  private static JsonNode merged(TemplateRules rules, String name) {
    ObjectNode merged = Templates.JSON.createObjectNode();
    JsonNode globals = rules.template().at("/Globals/Function");
    globals.properties().forEach(p -> merged.set(p.getKey(), p.getValue()));
    rules
        .template()
        .at("/Resources/" + name + "/Properties")
        .properties()
        .forEach(p -> merged.set(p.getKey(), p.getValue()));
    return merged;
  }

  void check() {
    for (String property : keys(properties)) {
      require(FUNCTION_PROPERTIES.contains(property), "unknown property " + property);
    }
    rules.requireValues(properties.path("Runtime"), Set.of("java21", "java25"), "Runtime");
    JsonNode architecture = properties.path("Architectures").path(0);
    rules.requireValues(architecture, Set.of("arm64", "x86_64"), "Architectures");
    require("Active".equals(properties.path("Tracing").asText()), "is not traced");
    for (String tag : Set.of("application:group", "application:owner")) {
      require(properties.path("Tags").has(tag), "has no tag " + tag);
    }
    requireType(properties.at("/LoggingConfig/LogGroup/Ref"), "AWS::Logs::LogGroup");
    requireType(properties.at("/Role/Fn::GetAtt"), "AWS::IAM::Role");
    code();
    environment();
    properties.path("Events").forEach(this::event);
    if (properties.has("FunctionUrlConfig")) {
      url(properties.path("FunctionUrlConfig"));
    }
  }

  private void code() {
    String zip = properties.path("CodeUri").asText();
    require(builtZips().contains(zip), "no build makes " + zip);
    String handler = properties.path("Handler").asText();
    boolean script = Files.isExecutable(MODULE.resolve("src/assembly").resolve(handler));
    require(handler.endsWith(".sh") ? script : isHandler(handler), "no handler " + handler);
  }

  private void environment() {
    JsonNode variables = properties.at("/Environment/Variables");
    for (String variable : keys(variables)) {
      boolean known = variable.startsWith("AWS_")
          ? AWS_VARIABLES.contains(variable)
          : sources().contains('"' + variable + '"');
      require(known, "the code does not read the variable " + variable);
    }
    boolean streams = properties.toString().contains("RESPONSE_STREAM");
    require(
        !streams || variables.has("AWS_LAMBDA_EXEC_WRAPPER"),
        "streams, which Lambda's own Java runtime cannot");
    JsonNode wrapper = variables.path("AWS_LAMBDA_EXEC_WRAPPER");
    for (JsonNode value : wrapper.isTextual() ? List.of(wrapper) : allowed(wrapper)) {
      require(
          Set.of("", "/opt/bootstrap", "/var/task/bootstrap").contains(value.asText()),
          "wrapper " + value.asText());
    }
  }

  /** The values of the parameter that a condition chooses. */
  private Iterable<JsonNode> allowed(JsonNode choice) {
    String parameter = choice.at("/Fn::If/1/Ref").asText();
    return rules.template().at("/Parameters/" + parameter + "/AllowedValues");
  }

  private void event(JsonNode event) {
    JsonNode p = event.path("Properties");
    String path = p.path("Path").asText();
    boolean metadata = path.startsWith("/.well-known/oauth-protected-resource")
        || path.equals("/.well-known/ai-catalog.json");
    // Without MCP_PATH every path is the endpoint, and a public one would be a way around tokens
    boolean open = p.path("Auth").has("Authorizer");
    boolean hasPath = properties.at("/Environment/Variables").has("MCP_PATH");
    require(!open || hasPath, "a public path needs MCP_PATH");
    boolean document = metadata || path.equals("/echo/mcp/server-card");
    require(!open || document, path + " must not be public");
    require(path.startsWith("/echo/mcp") || metadata, "an event has no Path");
    require("ANY".equals(p.path("Method").asText()), "the Method of an event must be ANY");
    switch (event.path("Type").asText()) {
      case "Api" -> requireType(p.at("/RestApiId/Ref"), "AWS::Serverless::Api");
      case "HttpApi" -> requireType(p.at("/ApiId/Ref"), "AWS::Serverless::HttpApi");
      default -> require(false, "an event is of type " + event.path("Type"));
    }
    JsonNode mode = p.path("ResponseTransferMode");
    require(mode.isMissingNode() || MODES.contains(mode.asText()), "transfer mode is " + mode);
  }

  /** SAM grants public access only if AuthType is a literal and not a reference. */
  private void url(JsonNode url) {
    rules.requireValues(url.path("AuthType"), Set.of("AWS_IAM", "NONE"), "AuthType");
    rules.requireValues(url.path("InvokeMode"), MODES, "InvokeMode");
    requirePermission("lambda:InvokeFunctionUrl", "FunctionUrlAuthType", "NONE");
    requirePermission("lambda:InvokeFunction", "InvokedViaFunctionUrl", "true");
  }

  private void requirePermission(String action, String property, String value) {
    String auth = properties.at("/FunctionUrlConfig/AuthType/Ref").asText();
    boolean found = false;
    for (JsonNode resource : rules.template().path("Resources")) {
      JsonNode p = resource.path("Properties");
      JsonNode condition =
          rules.template().at("/Conditions/" + resource.path("Condition").asText());
      found |= resource.path("Type").asText().equals("AWS::Lambda::Permission")
          && p.path("Action").asText().equals(action)
          && p.path("Principal").asText().equals("*")
          && p.path(property).asText().equals(value)
          && p.at("/FunctionName/Ref").asText().equals(name + ".Alias")
          && condition.toString().equals("{\"Fn::Equals\":[{\"Ref\":\"" + auth + "\"},\"NONE\"]}");
    }
    require(found, "a public URL lacks " + action + " with " + property);
  }

  private void requireType(JsonNode reference, String type) {
    String resource = reference.asText().replaceFirst("\\..*", "");
    require(rules.type(resource).equals(type), "refers to no " + type);
  }

  private void require(boolean condition, String problem) {
    rules.require(condition, name + ": " + problem);
  }

  private static boolean isHandler(String name) {
    try {
      Class<?> handler = Class.forName(name, false, FunctionRules.class.getClassLoader());
      return RequestStreamHandler.class.isAssignableFrom(handler)
          && handler.getConstructor().getParameterCount() == 0;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** The paths, relative to sam/, of the packages of the assembly descriptors. */
  private static Set<String> builtZips() {
    Set<String> zips = new TreeSet<>();
    for (String descriptor :
        matches("<descriptor>([^<]+)</descriptor>", text(MODULE.resolve("pom.xml")))) {
      String id = matches("<id>([^<]+)</id>", text(MODULE.resolve(descriptor)))
          .iterator()
          .next();
      zips.add("../target/echo-" + id + ".zip");
    }
    return zips;
  }

  /** The code that may read an environment variable. */
  private static String sources() {
    StringBuilder all = new StringBuilder();
    for (String folder :
        List.of("src/main", "../../mcp-lambda-adapter/src/main", "../../mcp-core/oauth/src/main")) {
      try (Stream<Path> files = Files.walk(MODULE.resolve(folder))) {
        files.filter(f -> f.toString().endsWith(".java")).forEach(f -> all.append(text(f)));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return all.toString();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
