package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The template of the report example, whose calls become tasks. */
class TasksTemplateTest {
  private static final Path REPORT = Templates.MODULE.resolveSibling("report");

  private static JsonNode load() throws IOException {
    return Templates.load(REPORT.resolve("sam/tasks.yaml"));
  }

  private static JsonNode properties(String resource) throws IOException {
    return load().at("/Resources/" + resource + "/Properties");
  }

  @Test
  void followsTheSamSchema() throws IOException {
    Optional<Validator.Result> result = Templates.validate(load());
    assumeTrue(result.isPresent(), "no shared/sam/sam.schema.json beside the project");
    assertTrue(result.get().isValid(), () -> Templates.describe(result.get()));
  }

  @Test
  void everyNameIsThereAndUsed() throws IOException {
    JsonNode template = load();
    Set<String> known = new HashSet<>();
    for (String section : List.of("Parameters", "Conditions", "Resources")) {
      known.addAll(Templates.keys(template.path(section)));
    }
    Set<String> used = Templates.names(template, new TreeSet<>());
    used.removeIf(name -> name.startsWith("AWS::"));
    assertTrue(known.containsAll(used), used::toString);
    assertTrue(used.containsAll(Templates.keys(template.path("Parameters"))), used::toString);
  }

  @Test
  void theFunctionIsThatOfTheExample() throws IOException {
    JsonNode function = properties("Fn");
    String handler = function.path("Handler").asText();
    Path source = REPORT.resolve("src/main/java/" + handler.replace('.', '/') + ".java");
    assertTrue(Files.exists(source), handler);
    assertTrue(Files.readString(REPORT.resolve("pom.xml")).contains("src/assembly/lambda.xml"));
    assertEquals("../target/report-lambda.zip", function.path("CodeUri").asText());
    assertEquals(
        "Tasks", function.at("/Environment/Variables/MCP_TASKS_TABLE/Ref").asText());
    assertEquals("/report/mcp", function.at("/Environment/Variables/MCP_PATH").asText());
  }

  @Test
  void cardAndCatalogueReachTheFunction() throws IOException {
    ApiRoutes api = new ApiRoutes("tasks", load());
    for (String path : List.of("/report/mcp/server-card", "/.well-known/ai-catalog.json")) {
      assertTrue(api.route(path).has("Path"), path);
      assertTrue(api.isPublic(path), path);
    }
    assertFalse(api.isPublic("/report/mcp"));
    assertFalse(api.isPublic("/report/mcp/other"));
  }

  @Test
  void theTableIsAsTheStoreNeedsIt() throws IOException {
    JsonNode table = properties("Tasks");
    assertEquals(
        "[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}]",
        table.path("KeySchema").toString());
    assertEquals("S", table.at("/AttributeDefinitions/0/AttributeType").asText());
    assertEquals("e", table.at("/TimeToLiveSpecification/AttributeName").asText());
    assertTrue(table.at("/TimeToLiveSpecification/Enabled").asBoolean());
  }

  /** The number of its version is the one thing that the role cannot know. */
  @Test
  void theRoleMayDoNoMoreThanNeeded() throws IOException {
    List<String> actions = new ArrayList<>();
    for (JsonNode policy : properties("FnRole").path("Policies")) {
      JsonNode statement = policy.at("/PolicyDocument/Statement/0");
      actions.add(statement.path("Action").toString());
      boolean itself = policy.path("PolicyName").asText().equals("invoke-itself");
      String resource = statement.path("Resource").toString();
      assertEquals(itself, resource.contains("*"), resource);
      assertTrue(!itself || resource.endsWith(":function:${AWS::StackName}:*\"}"), resource);
    }
    assertEquals(
        List.of(
            "[\"logs:CreateLogStream\",\"logs:PutLogEvents\"]",
            "[\"dynamodb:GetItem\",\"dynamodb:PutItem\",\"dynamodb:DeleteItem\"]",
            "\"lambda:InvokeFunction\"",
            "\"sqs:SendMessage\""),
        actions);
    assertEquals("AWS::StackName", properties("Fn").at("/FunctionName/Ref").asText());
  }

  @Test
  void whatIsLostIsKeptAndToldOf() throws IOException {
    assertEquals(
        "LostStarts.Arn",
        properties("Fn").at("/DeadLetterQueue/TargetArn/Fn::GetAtt").asText());
    for (String alarm : List.of("LostStartsAlarm", "ErrorsAlarm", "TableAlarm")) {
      assertEquals(
          "AWS::CloudWatch::Alarm", load().at("/Resources/" + alarm + "/Type").asText());
      assertEquals("hasTopic", properties(alarm).at("/AlarmActions/0/Fn::If/0").asText());
    }
  }
}
