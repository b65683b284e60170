package dev.statelessmcp.examples.echo;

import static dev.statelessmcp.examples.echo.Templates.describe;
import static dev.statelessmcp.examples.echo.Templates.load;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the checks: each small mistake in a real template must be found. */
class SamMutationsTest {
  private static final String FN = "/Resources/Fn/Properties/";

  /** Replaces the value at the pointer; the word REMOVED removes the field. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "function-url, FunctionUrlConfig/InvokeMode, BUFFERD, InvokeMode is [BUFFERD]",
        "streaming, FunctionUrlConfig/InvokeMode, STREAM, InvokeMode is [STREAM]",
        "function-url, FunctionUrlConfig/AuthType, IAM, AuthType is [IAM]",
        "streaming-api, Events/Mcp/Properties/ResponseTransferMode, STREAM, transfer mode is",
        "streaming, Environment/Variables/AWS_LAMBDA_EXEC_WRAPPER, REMOVED, cannot",
        "streaming, Environment/Variables/AWS_LAMBDA_EXEC_WRAPPER, bootstrap, wrapper bootstrap",
        "http-api, Events/Mcp/Properties/Path, REMOVED, has no Path",
        "template, Events/McpBelow/Properties/Path, REMOVED, has no Path",
        "template, Events/Mcp/Properties/Method, POST, the Method of an event must be ANY",
        "http-api, Environment/Variables/MCP_PATH, REMOVED, a public path needs MCP_PATH",
        "authorizer, Events/Card/Properties/Path, /echo/mcp, /echo/mcp must not be public",
        "http-api, Events/Mcp/Type, Api, refers to no AWS::Serverless::Api",
        "alb, Runtime, java20, Runtime is [java20]",
        "alb, Architectures/0, arm, Architectures is [arm]",
        "web-adapter, Handler, start.sh, no handler start.sh",
        "authorizer, Handler, dev.statelessmcp.examples.echo.EchoLamda, no handler",
        "authorizer, Handler, dev.statelessmcp.examples.echo.EchoServer, no handler",
        "web-adapter, CodeUri, ../target/echo-webb.zip, no build makes",
        "alb, Tracing, PassThrough, is not traced",
        "alb, Tags/application:owner, REMOVED, has no tag application:owner",
        "alb, LoggingConfig, REMOVED, refers to no AWS::Logs::LogGroup",
        "alb, Role, REMOVED, refers to no AWS::IAM::Role",
        "alb, Timeout, 15, parameter fnTimeout is not used",
        "alb, Environment/Variables/MCP_PAHT, /echo/mcp, the code does not read the variable MCP_PAHT",
      })
  void aWrongFunctionIsFound(String name, String pointer, String value, String problem) {
    assertFound(problem, change(name, FN + pointer, value));
  }

  @ParameterizedTest
  @CsvSource({
    "function-url, /Resources/UrlInvokePermission, REMOVED, lacks lambda:InvokeFunction with Invoked",
    "function-url, /Resources/UrlPermission, REMOVED, lacks lambda:InvokeFunctionUrl with",
    "streaming, /Resources/UrlInvokePermission, REMOVED, lacks lambda:InvokeFunction with Invoked",
    "web-adapter, /Resources/UrlInvokePermission, REMOVED, lacks lambda:InvokeFunction with Invoked",
    "streaming, /Resources/UrlPermission/Condition, REMOVED, lacks lambda:InvokeFunctionUrl",
    "streaming, /Resources/UrlPermission/Condition, isOpen, nothing is named isOpen",
    "streaming, /Resources/UrlPermission/Properties/FunctionName/Ref, Fn, lacks lambda:InvokeFun",
    "streaming, /Resources/UrlPermission/Properties/Principal, me, lacks lambda:InvokeFunctionUrl",
    "alb, /Resources/TargetGroup/DependsOn, Permission, nothing is named Permission",
    "alb, /Resources/FnLogGroup/Properties/RetentionInDays, REMOVED, for ever",
    "template, /Outputs/outFn/Value/Ref, Function, nothing is named Function",
    "template, /Outputs/outMcpUrl/Value/Fn::Sub, '${Api}/${stage}', nothing is named stage",
    "authorizer, /Resources/Api/Properties/Auth/Authorizers/Bearer/FunctionArn/Fn::GetAtt, X.Arn, X",
    "authorizer, /Conditions/hasMetadata, REMOVED, nothing is named hasMetadata",
    "alb, /Outputs/outMcpUrl, REMOVED, no output outMcpUrl",
    "alb, /Parameters/spare, x, parameter spare is not used",
  })
  void aWrongTemplateIsFound(String name, String pointer, String value, String problem) {
    assertFound(problem, change(name, pointer, value));
  }

  @ParameterizedTest
  @CsvSource({"Action, logs:*", "Resource, *"})
  void aWildcardInARoleIsFound(String field, String value) {
    String statement = "/Resources/FnRole/Properties/Policies/0/PolicyDocument/Statement/0/";
    assertFound("FnRole has a wildcard", change("alb", statement + field, value));
  }

  @ParameterizedTest
  @CsvSource({"template", "http-api", "function-url", "streaming", "web-adapter", "alb"})
  void aMisspeltPropertyIsFound(String name) throws IOException {
    JsonNode broken = load(name);
    ObjectNode properties = (ObjectNode) broken.at("/Resources/Fn/Properties");
    properties.set("AutoPublishAlais", properties.remove("AutoPublishAlias"));
    assertFound("unknown property AutoPublishAlais", broken);
    assertSchemaFinds("AutoPublishAlais", broken);
  }

  @ParameterizedTest
  @CsvSource({"template", "streaming-api", "authorizer"})
  void theSchemaFindsAnEventWithoutAPath(String name) throws IOException {
    assertSchemaFinds("Path", change(name, FN + "Events/Mcp/Properties/Path", "REMOVED"));
  }

  /** The copy that gets the mistake. */
  private static JsonNode change(String name, String pointer, String value) {
    JsonNode template = load(name);
    int last = pointer.lastIndexOf('/');
    JsonNode parent = template.at(pointer.substring(0, last));
    String field = pointer.substring(last + 1);
    if (parent.isArray()) {
      ((ArrayNode) parent).set(Integer.parseInt(field), value);
      return template;
    }
    ObjectNode object = (ObjectNode) parent;
    if (value.equals("REMOVED")) {
      assertTrue(object.remove(field) != null, pointer + " was never there");
    } else {
      object.put(field, value);
    }
    return template;
  }

  private static void assertFound(String problem, JsonNode broken) {
    List<String> problems = TemplateRules.problems(broken);
    assertTrue(problems.stream().anyMatch(p -> p.contains(problem)), problems::toString);
  }

  private static void assertSchemaFinds(String word, JsonNode broken) throws IOException {
    Optional<Validator.Result> result = Templates.validate(broken);
    assumeTrue(result.isPresent(), "no shared/sam/sam.schema.json beside the project");
    assertFalse(result.get().isValid());
    assertTrue(describe(result.get()).contains(word), () -> describe(result.get()));
  }
}
