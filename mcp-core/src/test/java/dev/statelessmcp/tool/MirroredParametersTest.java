package dev.statelessmcp.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.schema.McpHeader;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirroredParametersTest {

  private static Tool tool(String properties) {
    return Tool.ofSchema(
        "t",
        "d",
        ("{'type':'object','properties':{" + properties + "}}").replace('\'', '"'),
        (in, call) -> ToolResult.text("x"));
  }

  @Test
  void parametersAreFoundAtTheirPaths() {
    Tool tool = tool("'a':{'type':'string','x-mcp-header':'A-b.1'},"
        + "'b':{'type':'object','properties':{'c':{'type':'integer','x-mcp-header':'C'}}},"
        + "'default':{'type':'boolean','x-mcp-header':'D'},"
        + "'properties':{'type':'object','properties':{'items':"
        + "{'type':'string','x-mcp-header':'E'}}},"
        + "'x-mcp-header':{'type':'string'},"
        + "'none':{'type':'string','default':{'x-mcp-header':'no'},'enum':[{'x-mcp-header':1}]}");
    assertEquals(
        List.of(
            "mcp-param-a-b.1 [a]",
            "mcp-param-c [b, c]",
            "mcp-param-d [default]",
            "mcp-param-e [properties, items]"),
        tool.mirrored().entrySet().stream()
            .map(m -> m.getKey() + " " + m.getValue())
            .toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'a':{'type':'string','x-mcp-header':''}",
        "'a':{'type':'string','x-mcp-header':'a b'}",
        "'a':{'type':'string','x-mcp-header':'a:b'}",
        "'a':{'type':'string','x-mcp-header':'\u00e9'}",
        "'a':{'type':'string','x-mcp-header':'a\\r\\nb'}",
        "'a':{'type':'string','x-mcp-header':'a/b'}",
        "'a':{'type':'string','x-mcp-header':1}",
        "'a':{'type':'string','x-mcp-header':null}",
        "'a':{'type':'number','x-mcp-header':'A'}",
        "'a':{'type':'object','x-mcp-header':'A'}",
        "'a':{'type':'array','x-mcp-header':'A'}",
        "'a':{'type':'null','x-mcp-header':'A'}",
        "'a':{'type':['string','null'],'x-mcp-header':'A'}",
        "'a':{'x-mcp-header':'A'}",
        "'a':{'type':'string','x-mcp-header':'A'},'b':{'type':'string','x-mcp-header':'a'}",
        "'a':{'type':'array','items':{'type':'string','x-mcp-header':'A'}}",
        "'a':{'type':'array','items':{'type':'object','properties':"
            + "{'b':{'type':'string','x-mcp-header':'A'}}}}",
        "'a':{'anyOf':[{'type':'string','x-mcp-header':'A'}]}",
        "'a':{'oneOf':[{'type':'string','x-mcp-header':'A'}]}",
        "'a':{'allOf':[{'properties':{'b':{'type':'string','x-mcp-header':'A'}}}]}",
        "'a':{'not':{'type':'string','x-mcp-header':'A'}}",
        "'a':{'if':{'properties':{'b':{'type':'string','x-mcp-header':'A'}}}}",
        "'a':{'additionalProperties':{'type':'string','x-mcp-header':'A'}}",
        "'a':{'patternProperties':{'b':{'type':'string','x-mcp-header':'A'}}}",
        "'a':{'$ref':'#/$defs/b'}},'$defs':{'b':{'type':'string','x-mcp-header':'A'}"
      })
  void annotationThatClientsWouldRefuseIsRefusedHere(String properties) {
    String message =
        assertThrows(IllegalArgumentException.class, () -> tool(properties)).getMessage();
    assertTrue(message.startsWith("tool \"t\": "), message);
    assertEquals(message.indexOf("tool \"t\""), message.lastIndexOf("tool \"t\""), message);
  }

  @Test
  void namesBelowDefinitionsAreNotKeywords() {
    tool("'a':{'type':'string'}},'$defs':{'x-mcp-header':{'type':'string'}");
    tool("'a':{'type':'string'}},'dependentRequired':{'x-mcp-header':['a']");
  }

  record Good(
      @McpHeader("Region") String region,
      @McpHeader("Limit") Optional<Integer> limit,
      @McpHeader("Big") OptionalLong big,
      @McpHeader("Dry") boolean dry,
      @McpHeader("Kind") Kind kind) {}

  enum Kind {
    A
  }

  record Double1(@McpHeader("X") double x) {}

  record Texts(@McpHeader("X") List<String> x) {}

  record Twice(@McpHeader("X") String x, @McpHeader("x") String y) {}

  record Blank(@McpHeader("") String x) {}

  record InAList(List<Inner> inners) {}

  record Inner(@McpHeader("X") String x) {}

  private static <T extends Record> Tool typed(Class<T> type) {
    return Tool.of("t", "d", type, (in, call) -> ToolResult.text("x"));
  }

  @Test
  void recordsSayItByAnAnnotation() {
    assertEquals(
        List.of(
            "mcp-param-region",
            "mcp-param-limit",
            "mcp-param-big",
            "mcp-param-dry",
            "mcp-param-kind"),
        List.copyOf(typed(Good.class).mirrored().keySet()));
    assertEquals(
        "Region",
        typed(Good.class)
            .toJson()
            .at("/inputSchema/properties/region/x-mcp-header")
            .textValue());
    for (Class<? extends Record> type :
        List.of(Double1.class, Texts.class, Twice.class, Blank.class, InAList.class)) {
      assertThrows(IllegalArgumentException.class, () -> typed(type), type::toString);
    }
  }
}
