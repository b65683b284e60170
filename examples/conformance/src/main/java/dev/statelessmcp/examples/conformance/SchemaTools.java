package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.McpHeader;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;

/** Tools whose arguments have a schema by hand, or mirror an argument into a header. */
final class SchemaTools {
  /** A schema that cannot be derived from a record. */
  private static final String CONTACT = """
      {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "$defs": {
          "address": {
            "$anchor": "addressDef",
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
          }
        },
        "properties": {
          "name": {"type": "string"},
          "address": {"$ref": "#/$defs/address"},
          "contactMethod": {"type": "string", "enum": ["phone", "email"]},
          "phone": {"type": "string"},
          "email": {"type": "string"}
        },
        "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
        "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
        "then": {"required": ["phone"]},
        "else": {"required": ["email"]},
        "additionalProperties": false
      }
      """;

  /**
   * The arguments of a tool whose calls a gateway can route.
   *
   * @param region the region, also a header of the request
   */
  record Routed(
      @Description("The region to ask; HTTP clients send it as the header Mcp-Param-Region too")
      @McpHeader("Region")
      String region) {}

  private SchemaTools() {}

  static List<Tool> all() {
    return List.of(
        Tool.ofSchema(
            "json_schema_2020_12_tool",
            "Takes a contact, by a schema of JSON Schema 2020-12",
            CONTACT,
            (contact, call) -> ToolResult.text("The contact is valid: " + Json.text(contact))),
        Tool.of(
            "test_x_mcp_header",
            "Takes an argument that HTTP clients mirror into a header",
            Routed.class,
            (routed, call) -> ToolResult.text("Region: " + routed.region())));
  }
}
