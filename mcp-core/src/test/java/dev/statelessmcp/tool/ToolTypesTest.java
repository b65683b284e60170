package dev.statelessmcp.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.McpHeader;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tools whose types are sealed, or contain themselves. */
class ToolTypesTest {

  sealed interface Shape permits Circle, Group {}

  record Circle(double radius) implements Shape {}

  record Group(List<Shape> shapes) implements Shape {}

  record Drawing(Shape shape) {}

  private static Tool echo() {
    return Tool.of("echo", "d", Drawing.class, Shape.class, (in, call) -> in.shape());
  }

  private static String call(Tool tool, String arguments) throws Exception {
    return Json.text(tool.call((ObjectNode) Json.parse(arguments), null).toJson());
  }

  @Test
  void answerMayBeASealedInterface() throws Exception {
    assertEquals("object", echo().toJson().at("/outputSchema/type").textValue());
    String shape = "{\"kind\":\"group\",\"shapes\":[{\"kind\":\"circle\",\"radius\":1.0}]}";
    assertTrue(call(echo(), "{\"shape\":" + shape + "}")
        .contains("\"structuredContent\":" + shape + ",\"isError\":false"));
    assertTrue(call(echo(), "{\"shape\":{\"kind\":\"oval\"}}")
        .contains("arguments.shape.kind must be one of circle, group"));
  }

  @Test
  void answerOfAnotherTypeIsRefused() {
    assertEquals(
        "java.lang.String must be a record or a sealed interface of records",
        assertThrows(
                IllegalArgumentException.class,
                () -> Tool.of("t", "d", Drawing.class, String.class, (in, call) -> ""))
            .getMessage());
  }

  @Test
  void leniencyAndUnknownArgumentsAreSettingsOfTheTool() throws Exception {
    String lenient = "{\"shape\":\"{\\\"kind\\\":\\\"circle\\\",\\\"radius\\\":\\\"1\\\"}\"}";
    assertTrue(call(echo(), lenient).contains("\"isError\":false"));
    assertTrue(
        call(echo().strict(), lenient).contains("arguments.shape must be an object, not a string"));
    String unknown = "{\"shape\":{\"kind\":\"circle\",\"radius\":1,\"x\":1}}";
    assertTrue(
        call(echo(), unknown).contains("arguments.shape.x is not known; known are kind, radius"));
    assertTrue(call(echo().ignoreUnknownArguments(), unknown).contains("\"isError\":false"));
  }

  @Test
  void flatSchemaHasNoReferencesAndAcceptsTheSame() throws Exception {
    assertTrue(Json.text(echo().toJson()).contains("\"$ref\":\"#/$defs/Shape\""));
    String flat = Json.text(echo().flatSchema().title("Echo").toJson());
    assertFalse(flat.contains("$ref") || flat.contains("$defs"), flat);
    assertEquals(
        call(echo(), "{\"shape\":{\"kind\":\"circle\",\"radius\":1}}"),
        call(echo().flatSchema(), "{\"shape\":{\"kind\":\"circle\",\"radius\":1}}"));
    Tool byHand =
        Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text(""));
    assertThrows(IllegalStateException.class, byHand::flatSchema);
  }

  record Tagged(@McpHeader("Tenant") String tenant, Optional<Tagged> next) {}

  @Test
  void headerThatNoClientCanMirrorIsRefused() {
    String message = assertThrows(
            IllegalArgumentException.class,
            () -> Tool.of("t", "d", Tagged.class, (in, call) -> ToolResult.text("")))
        .getMessage();
    assertTrue(message.contains("x-mcp-header at \"tenant\" is not reachable"), message);
  }
}
