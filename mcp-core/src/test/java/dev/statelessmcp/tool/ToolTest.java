package dev.statelessmcp.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.content.ImageContent;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolTest {
  private static final String OBJECT = "{\"type\":\"object\"}";

  record Addends(int a, int b) {}

  record Sum(int sum, Optional<String> note) {}

  record Nothing() {}

  private static Tool tool(String name) {
    return Tool.of(name, "d", Nothing.class, (nothing, call) -> ToolResult.text("ok"));
  }

  private static Tool add() {
    return Tool.of(
        "add",
        "Adds",
        Addends.class,
        Sum.class,
        (in, call) -> new Sum(in.a() + in.b(), Optional.empty()));
  }

  private static Tool returns(ToolResult result) {
    return Tool.ofSchema("t", "d", OBJECT, (arguments, call) -> result);
  }

  private static String call(Tool tool, String arguments) throws Exception {
    return Json.text(tool.call((ObjectNode) Json.parse(arguments), null).toJson());
  }

  private static String error(String message) {
    return Json.text(ToolResult.error(message).toJson());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "getUser", "DATA_EXPORT_v2", "admin.tools.list", "-", "0", "_.-"})
  void nameMayHaveTheCharactersOfTheSpecification(String name) {
    assertEquals(name, tool(name).name());
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "a b", "a,b", "a/b", "ä", "a\n", "а" /* Cyrillic */, "😀"})
  void otherNamesAreRefusedByBothWaysToMakeATool(String name) {
    assertThrows(IllegalArgumentException.class, () -> tool(name));
    assertThrows(
        IllegalArgumentException.class,
        () -> Tool.ofSchema(name, "d", OBJECT, (arguments, call) -> ToolResult.text("")));
  }

  @Test
  void nameHasAtMost128Characters() {
    assertEquals(128, tool("n".repeat(128)).name().length());
    assertThrows(IllegalArgumentException.class, () -> tool("n".repeat(129)));
  }

  @Test
  void descriptionAndHandlerMustBeThere() {
    assertThrows(
        NullPointerException.class,
        () -> Tool.of("t", null, Nothing.class, (nothing, call) -> ToolResult.text("")));
    assertThrows(NullPointerException.class, () -> Tool.of("t", "d", Nothing.class, null));
    assertThrows(NullPointerException.class, () -> Tool.ofSchema("t", "d", OBJECT, null));
  }

  @Test
  void definitionHasWhatWasSaidAndNothingElse() {
    assertEquals(
        "{\"name\":\"t\",\"description\":\"d\",\"inputSchema\":"
            + "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}}",
        Json.text(tool("t").toJson()));
    assertEquals(
        "{\"name\":\"t\",\"title\":\"T\",\"description\":\"d\","
            + "\"inputSchema\":{\"type\":\"object\"},\"outputSchema\":{\"type\":\"object\"},"
            + "\"annotations\":{\"readOnlyHint\":true}}",
        Json.text(returns(null)
            .title("T")
            .annotations(ToolAnnotations.READ_ONLY)
            .outputSchema(OBJECT)
            .toJson()));
  }

  @Test
  void definitionOfATypedAnswerHasItsSchema() {
    assertEquals(
        "{\"type\":\"object\",\"properties\":{\"sum\":{\"type\":\"integer\"},"
            + "\"note\":{\"type\":\"string\"}},\"required\":[\"sum\"],"
            + "\"additionalProperties\":false}",
        Json.text(add().toJson().get("outputSchema")));
  }

  @Test
  void settersReturnANewTool() {
    Tool tool = returns(null);
    tool.title("T").strict().annotations(ToolAnnotations.READ_ONLY).outputSchema(OBJECT);
    assertEquals(
        "{\"name\":\"t\",\"description\":\"d\",\"inputSchema\":{\"type\":\"object\"}}",
        Json.text(tool.toJson()));
  }

  @Test
  void hintThatSaysNothingIsLeftOutAndFalseIsNot() {
    assertEquals("{}", Json.text(ToolAnnotations.of().toJson()));
    assertEquals(
        "{\"readOnlyHint\":false,\"destructiveHint\":true,\"idempotentHint\":false,"
            + "\"openWorldHint\":true}",
        Json.text(ToolAnnotations.of()
            .readOnlyHint(false)
            .destructiveHint(true)
            .idempotentHint(false)
            .openWorldHint(true)
            .toJson()));
  }

  @Test
  void typedAnswerIsDataAndTheSameAsText() throws Exception {
    assertEquals(
        "{\"content\":[{\"type\":\"text\",\"text\":\"{\\\"sum\\\":3}\"}],"
            + "\"structuredContent\":{\"sum\":3},\"isError\":false}",
        call(add(), "{\"a\":1,\"b\":2}"));
  }

  @Test
  void wrongArgumentsAreAnAnswerForTheModel() throws Exception {
    assertEquals(
        error("Invalid arguments for tool add: arguments.a must be an integer, not a boolean;"
            + " arguments.b is required"),
        call(add(), "{\"a\":true}"));
  }

  @Test
  void scalarAsAStringIsTakenUnlessTheToolIsStrict() throws Exception {
    assertTrue(call(add(), "{\"a\":\"1\",\"b\":2}").contains("{\"sum\":3}"));
    assertEquals(
        error("Invalid arguments for tool add: arguments.a must be an integer, not a string"),
        call(add().strict().title("still strict"), "{\"a\":\"1\",\"b\":2}"));
  }

  @Test
  void toolWithASchemaIsAlwaysStrictAndGetsTheTreeThatWasSent() throws Exception {
    Tool tool = Tool.ofSchema(
        "t",
        "d",
        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\"}}}",
        (arguments, call) -> ToolResult.structured(arguments));
    assertTrue(
        call(tool, "{\"a\":1.0,\"x\":[null]}").contains("\"structuredContent\":{\"a\":1.0,"));
    assertTrue(call(tool, "{\"a\":\"1\"}")
        .contains("Invalid arguments for tool t: arguments.a is not valid: "));
  }

  @Test
  void handlerDoesNotRunWithWrongArguments() throws Exception {
    Tool typed = Tool.of("t", "d", Addends.class, (in, call) -> {
      throw new AssertionError("ran");
    });
    assertTrue(call(typed, "{}").contains("\"isError\":true"));
    Tool byHand =
        Tool.ofSchema("t", "d", "{\"type\":\"object\",\"required\":[\"a\"]}", (in, call) -> {
          throw new AssertionError("ran");
        });
    assertEquals(
        error("Invalid arguments for tool t: arguments.a is required"), call(byHand, "{}"));
  }

  @Test
  void toolExceptionIsAnAnswerForTheModelWithoutItsCause() throws Exception {
    Tool tool = Tool.of("t", "d", Nothing.class, (nothing, call) -> {
      throw new ToolException("Try again", new IllegalStateException("secret"));
    });
    assertEquals(
        "{\"content\":[{\"type\":\"text\",\"text\":\"Try again\"}],\"isError\":true}",
        call(tool, "{}"));
  }

  @Test
  void toolExceptionWithoutAMessageIsAnAnswerToo() throws Exception {
    Tool tool = Tool.of("t", "d", Nothing.class, (nothing, call) -> {
      throw new ToolException("x") {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
          return null;
        }
      };
    });
    assertEquals(error("The tool failed"), call(tool, "{}"));
  }

  @Test
  void everythingElseIsThrown() {
    McpException mcp = new McpException(1, "no");
    for (Exception thrown : List.of(mcp, new IllegalStateException("x"), new Exception("y"))) {
      Tool tool = Tool.of("t", "d", Nothing.class, (nothing, call) -> {
        throw thrown;
      });
      assertSame(thrown, assertThrows(Exception.class, () -> call(tool, "{}")));
    }
  }

  @Test
  void handlerThatReturnsNullFailed() {
    Tool typed = Tool.of("t", "d", Nothing.class, (nothing, call) -> null);
    Tool answers = Tool.of("t", "d", Nothing.class, Sum.class, (nothing, call) -> null);
    for (Tool tool : List.of(typed, answers, returns(null))) {
      assertEquals(
          "the handler returned null",
          assertThrows(IllegalStateException.class, () -> call(tool, "{}")).getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "true",
        "{}",
        "{\"type\":\"string\"}",
        "{\"type\":[\"object\"]}",
        "{\"type\":\"object\",\"properties\":1}",
        "{\"type\":\"object\",\"$schema\":\"urn:x\"}",
        "{\"type\":\"object\",\"$ref\":\"https://example.com\"}"
      })
  void schemaThatCannotBeUsedIsRefusedWithTheNameOfTheTool(String schema) {
    String input = assertThrows(
            IllegalArgumentException.class,
            () -> Tool.ofSchema("my_tool", "d", schema, (arguments, call) -> null))
        .getMessage();
    assertTrue(input.startsWith("tool \"my_tool\": "), input);
  }

  /** Arguments are always an object; an answer may be anything. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "true",
        "{\"type\":\"strange\"}",
        "{\"type\":\"object\",\"properties\":1}",
        "{\"type\":\"object\",\"$schema\":\"urn:x\"}",
        "{\"type\":\"object\",\"$ref\":\"https://example.com\"}"
      })
  void outputSchemaThatCannotBeUsedIsRefusedWithTheNameOfTheTool(String schema) {
    Tool tool = returns(null);
    String output = assertThrows(IllegalArgumentException.class, () -> tool.outputSchema(schema))
        .getMessage();
    assertTrue(output.startsWith("tool \"t\": output: "), output);
  }

  @Test
  void typedToolTakesNoOutputSchemaByHand() {
    Tool typed = tool("t");
    assertThrows(IllegalStateException.class, () -> typed.outputSchema(OBJECT));
  }

  @Test
  void answerMustSatisfyTheOutputSchema() throws Exception {
    String schema = "{\"type\":\"object\",\"required\":[\"a\"]}";
    Tool good = returns(ToolResult.structured(Json.object().put("a", 1))).outputSchema(schema);
    assertTrue(call(good, "{}").contains("\"structuredContent\":{\"a\":1}"));
    Tool bad = returns(ToolResult.structured(Json.object())).outputSchema(schema);
    assertEquals(
        "the answer violates the output schema: structuredContent.a is required",
        assertThrows(IllegalStateException.class, () -> call(bad, "{}")).getMessage());
    Tool none = returns(ToolResult.text("a")).outputSchema(schema);
    assertThrows(IllegalStateException.class, () -> call(none, "{}"));
  }

  @Test
  void answerThatIsAnErrorNeedNotSatisfyTheOutputSchema() throws Exception {
    Tool tool = returns(ToolResult.error("no")).outputSchema("{\"type\":\"object\"}");
    assertEquals(error("no"), call(tool, "{}"));
  }

  @Test
  void resultHasItsPiecesInOrder() {
    ToolResult result =
        ToolResult.of(TextContent.of("a"), ImageContent.of(new byte[] {1, 2, -1}, "image/png"));
    assertEquals(
        "{\"content\":[{\"type\":\"text\",\"text\":\"a\"},"
            + "{\"type\":\"image\",\"data\":\"AQL/\",\"mimeType\":\"image/png\"}],"
            + "\"isError\":false}",
        Json.text(result.toJson()));
    assertFalse(result.isError());
    assertEquals(Optional.empty(), result.structuredContent());
    assertThrows(UnsupportedOperationException.class, () -> result.content().remove(0));
    assertNotNull(ToolResult.of().toJson().get("content"));
  }

  @Test
  void nullIsNotAResult() {
    assertThrows(NullPointerException.class, () -> ToolResult.text(null));
    assertThrows(NullPointerException.class, () -> ToolResult.structured(null));
    assertThrows(NullPointerException.class, () -> new ToolException(null));
  }
}
