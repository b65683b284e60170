package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.binding.Problems;
import dev.statelessmcp.binding.SchemaValidator;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Structured content of any type, for revisions that take objects alone. */
class LegacyWrappingTest {

  private static McpServer server(String schema, String value) {
    Tool tool = Tool.ofSchema(
        "t",
        "d",
        "{\"type\":\"object\"}",
        (in, call) -> ToolResult.structured(Json.parse(value.replace('\'', '"'))));
    return McpServer.named("n", "1")
        .tool(schema == null ? tool : tool.outputSchema(schema.replace('\'', '"')))
        .build();
  }

  /**
   * For every schema, the result for a legacy client is valid under the schema that the client got.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'type':'array','items':{'type':'integer'}}|[1,2]|['a']",
        "{'type':'string','maxLength':3}|'abc'|'abcd'",
        "{'type':'null'}|null|1",
        "{'type':['object','null']}|{'a':1}|1",
        "{'type':['object','null']}|null|1",
        "{'enum':[1,'a',{'b':[]}]}|{'b':[]}|2",
        "{'oneOf':[{'type':'object','required':['a']},{'type':'array'}]}|[]|{}",
        "{'anyOf':[{'type':'object'},{'type':'array'}]}|{'a':1}|1",
        "{'type':'array','items':{'$ref':'#/$defs/n'},'$defs':{'n':{'type':'integer'}}}|[1]|['a']",
        "{'$schema':'http://json-schema.org/draft-07/schema#','type':'array',"
            + "'items':{'$ref':'#/definitions/n'},'definitions':{'n':{'type':'integer'}}}|[1]|['a']",
        "{'type':'array','items':{'anyOf':[{'type':'integer'},{'$ref':'#'}]}}|[1,[2,[]]]|[['a']]",
        "{'type':'array','items':{'type':'integer'},'contains':{'$ref':'#/items'}}|[1]|['a']",
        "{'$id':'https://example.com/s','type':'array','items':{'$ref':'#/$defs/n'},"
            + "'$defs':{'n':{'type':'integer'}}}|[1]|['a']",
        "{'type':'array','items':{'$ref':'#n'},"
            + "'$defs':{'n':{'$anchor':'n','type':'integer'}}}|[1]|['a']",
        "{'$dynamicAnchor':'x','type':'array',"
            + "'items':{'anyOf':[{'type':'integer'},{'$dynamicRef':'#x'}]}}|[1,[2]]|[['a']]"
      })
  void legacyClientGetsWhatItWasShown(String schema, String value, String wrong) {
    TestClient client = new TestClient(server(schema, value)).legacy();
    ObjectNode shown =
        (ObjectNode) client.result("tools/list", "{}").get("tools").get(0).get("outputSchema");
    assertEquals("object", shown.path("type").textValue(), () -> Json.text(shown));
    JsonNode structured = client.result("tools/call", "{'name':'t'}").get("structuredContent");
    assertTrue(structured.isObject());
    SchemaValidator validator = new SchemaValidator(shown);
    Problems problems = new Problems(false);
    validator.check(structured, "it", problems);
    assertEquals("", problems.toString(), () -> Json.text(shown));
    // and it is no weaker than it was
    Problems expected = new Problems(false);
    validator.check(
        Json.object().set("result", Json.parse(wrong.replace('\'', '"'))), "it", expected);
    assertTrue(!expected.isEmpty(), () -> "takes " + wrong + ": " + Json.text(shown));
  }

  @Test
  void objectsStayWhatTheyAre() {
    TestClient client = new TestClient(server("{'type':'object'}", "{'result':1}")).legacy();
    assertEquals(
        TestClient.json("{'type':'object'}"),
        client.result("tools/list", "{}").get("tools").get(0).get("outputSchema"));
    assertEquals(
        TestClient.json("{'result':1}"),
        client.result("tools/call", "{'name':'t'}").get("structuredContent"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {"1", "null", "[1]", "'a'", "false"})
  void withoutASchemaEverythingButObjectsIsWrapped(String value) {
    McpServer server = server(null, value);
    JsonNode plain = Json.parse(value.replace('\'', '"'));
    assertEquals(
        Json.object().set("result", plain),
        new TestClient(server)
            .legacy()
            .result("tools/call", "{'name':'t'}")
            .get("structuredContent"));
    assertEquals(
        plain,
        new TestClient(server).result("tools/call", "{'name':'t'}").get("structuredContent"));
  }

  @Test
  void textIsTheValueItselfInBothEras() {
    McpServer server = server("{'type':'array'}", "[1]");
    assertEquals("[1]", new TestClient(server).text("t", "{}"));
    assertEquals("[1]", new TestClient(server).legacy().text("t", "{}"));
  }

  /** The tool is asked for once: what the list of a caller looks like may change meanwhile. */
  @Test
  void toolThatDisappearsWhileItIsCalledStillAnswers() {
    boolean[] gone = new boolean[1];
    Tool tool = Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> {
          gone[0] = true;
          return ToolResult.structured(Json.array().add(1));
        })
        .visibleTo(caller -> !gone[0]);
    McpServer server = McpServer.named("n", "1").tool(tool).build();
    JsonNode answer = new TestClient(server).legacy().send("tools/call", "{'name':'t'}");
    assertTrue(answer.has("result"), () -> Json.text(answer));
  }
}
