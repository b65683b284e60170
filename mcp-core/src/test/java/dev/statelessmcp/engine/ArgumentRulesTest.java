package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Page;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The settings of docs/input-rules.md, for a tool and for a server, and answers that violate
 * theirs.
 */
class ArgumentRulesTest {

  record In(int n, Optional<String> text) {}

  private static Tool tool(String name) {
    return Tool.of(name, "d", In.class, (in, call) -> ToolResult.text(in.toString()));
  }

  private static String call(McpServer server, String tool, String arguments) {
    return new TestClient(server)
        .result("tools/call", "{'name':'" + tool + "','arguments':" + arguments + "}")
        .at("/content/0/text")
        .textValue();
  }

  private static final String LENIENT = "{'n':'5','text':7}";
  private static final String READ = "In[n=5, text=Optional[7]]";
  private static final String UNKNOWN = "{'n':5,'sessionId':'x'}";

  @Test
  void toolsAreLenientAndRefuseWhatIsUnknownByDefault() {
    McpServer server =
        McpServer.named("s", "1").tool(tool("t")).tool(tool("strict").strict()).build();
    assertEquals(READ, call(server, "t", LENIENT));
    assertTrue(call(server, "t", UNKNOWN).contains("arguments.sessionId is not known"));
    assertEquals(
        "Invalid arguments for tool strict: arguments.n must be an integer, not a string;"
            + " arguments.text must be a string, not a number",
        call(server, "strict", LENIENT));
  }

  @Test
  void settingOfAToolGoesBeforeThatOfTheServer() {
    McpServer server = McpServer.named("s", "1")
        .strictArguments()
        .ignoreUnknownArguments()
        .tool(tool("t"))
        .tool(tool("lenient").lenient())
        .tool(tool("refusing").refuseUnknownArguments())
        .build();
    assertTrue(call(server, "t", LENIENT).contains("arguments.n must be an integer"));
    assertEquals("In[n=5, text=Optional.empty]", call(server, "t", UNKNOWN));
    assertEquals(READ, call(server, "lenient", LENIENT));
    assertEquals("In[n=5, text=Optional.empty]", call(server, "lenient", UNKNOWN));
    assertTrue(call(server, "refusing", LENIENT).contains("arguments.n must be an integer"));
    assertTrue(call(server, "refusing", UNKNOWN).contains("arguments.sessionId is not known"));
  }

  @Test
  void settingOfAServerHoldsForACatalogueToo() {
    Catalog<Tool> catalog = new Catalog<>() {
      @Override
      public Optional<Page<Tool>> list(Caller caller, String after, int limit) {
        return Optional.of(new Page<>(List.of(tool("t")), false));
      }

      @Override
      public Optional<Tool> find(String key, Caller caller) {
        return Optional.of(tool(key));
      }
    };
    McpServer server =
        McpServer.named("s", "1").ignoreUnknownArguments().tools(catalog).build();
    assertEquals("In[n=5, text=Optional.empty]", call(server, "t", UNKNOWN));
  }

  @Test
  void schemaIsTheSameWithEverySetting() {
    JsonNode schema = tool("t").toJson();
    assertEquals(schema, tool("t").strict().ignoreUnknownArguments().toJson());
    assertEquals(schema, tool("t").lenient().refuseUnknownArguments().toJson());
  }

  record Tree(String name, List<Tree> children) {}

  @Test
  void schemasWithoutReferencesAreASettingOfTheServerToo() {
    Tool tree = Tool.of("tree", "d", Tree.class, Tree.class, (in, call) -> in);
    Tool byHand = Tool.ofSchema(
        "hand",
        "d",
        "{\"type\":\"object\",\"$ref\":\"#/$defs/a\",\"$defs\":{\"a\":{}}}",
        (in, call) -> ToolResult.text("x"));
    McpServer server =
        McpServer.named("s", "1").tools(List.of(tree, byHand)).flatSchemas().build();
    JsonNode tools = new TestClient(server).result("tools/list", "{}").get("tools");
    assertEquals(tree.flatSchema().toJson(), tools.get(0));
    assertEquals(byHand.toJson(), tools.get(1), "it stays as it is written");
    assertEquals(
        "{\"name\":\"a\",\"children\":[]}", call(server, "tree", "{'name':'a','children':[]}"));
  }

  @Test
  void schemaWrittenByHandHasNoUseForTheSettings() {
    Tool byHand =
        Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text("x"));
    assertEquals(
        "tool \"t\" must be typed for lenient(): its schema is written by hand",
        assertThrows(IllegalStateException.class, byHand::lenient).getMessage());
    assertThrows(IllegalStateException.class, byHand::ignoreUnknownArguments);
    assertThrows(IllegalStateException.class, byHand::refuseUnknownArguments);
  }

  @Test
  void promptsIgnoreWhatIsUnknownAndTakeNullForNothing() {
    Prompt prompt = Prompt.of(
            "p",
            "d",
            call -> PromptResult.of(PromptMessage.user(call.arguments().toString())))
        .requiredArgument("day", "Which day")
        .optionalArgument("style", "How");
    String sent = "{'name':'p','arguments':{'day':'today','style':null,'x':'1'}}";
    McpServer ignoring =
        McpServer.named("s", "1").ignoreUnknownArguments().prompt(prompt).build();
    assertEquals(
        "{day=today}",
        new TestClient(ignoring)
            .result("prompts/get", sent)
            .at("/messages/0/content/text")
            .textValue());
    McpServer refusing = McpServer.named("s", "1").prompt(prompt).build();
    assertEquals(
        "Invalid params: params.arguments.x is not known; known are day, style",
        new TestClient(refusing).send("prompts/get", sent).at("/error/message").textValue());
    assertEquals(
        "Invalid params: params.arguments.day is required",
        new TestClient(refusing)
            .send("prompts/get", "{'name':'p','arguments':{'day':null}}")
            .at("/error/message")
            .textValue());
  }

  record Out(@Range(max = 10) int n) {}

  record Nothing() {}

  @Test
  void answerThatViolatesItsSchemaIsAnInternalErrorForTypedToolsAndThoseByHand() throws Exception {
    Tool typed = Tool.of("t", "d", Nothing.class, Out.class, (in, call) -> new Out(50));
    assertEquals(
        "the answer violates the output schema: structuredContent.n must be 10 or less, was 50",
        assertThrows(IllegalStateException.class, () -> typed.call(Json.object(), null))
            .getMessage());
    ObjectNode answer = Json.object().put("id", "no uuid");
    Tool byHand = Tool.ofSchema(
            "h", "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.structured(answer))
        .outputSchema("{\"properties\":{\"id\":{\"type\":\"string\",\"format\":\"uuid\"}}}");
    assertEquals(
        "the answer violates the output schema:"
            + " structuredContent.id is not valid: must have the format uuid (format)",
        assertThrows(IllegalStateException.class, () -> byHand.call(Json.object(), null))
            .getMessage());
    answer.put("id", "123e4567-e89b-12d3-a456-426614174000");
    assertEquals(Optional.of(answer), byHand.call(Json.object(), null).structuredContent());
    McpServer server = McpServer.named("s", "1").tool(typed).tool(byHand).build();
    assertTrue(new TestClient(server)
        .send("tools/call", "{'name':'t'}")
        .at("/error/message")
        .textValue()
        .startsWith("Internal error"));
  }
}
