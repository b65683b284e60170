package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.json.Json;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.McpHeader;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.Optional;

/** Tools with a schema by hand, with headers that mirror an argument, or with an output schema. */
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

  /**
   * The optional arguments of a tool whose calls a gateway can route.
   *
   * @param priority an integer, also a header of the request
   * @param dryRun a boolean, also a header of the request
   */
  record Scheduled(
      @Description("HTTP clients that give it send it as the header Mcp-Param-Priority too")
      @McpHeader("Priority")
      Optional<Integer> priority,

      @Description("HTTP clients that give it send it as the header Mcp-Param-Dry-Run too")
      @McpHeader("Dry-Run")
      Optional<Boolean> dryRun) {}

  /**
   * The optional argument of a tool with an output schema.
   *
   * @param city the place
   */
  record Place(@Description("The city; by default Bern") Optional<String> city) {}

  /**
   * The weather at a place.
   *
   * @param city the place
   * @param temperature in degrees Celsius
   * @param sunny whether the sun shines
   * @param hours the hours that are forecast
   */
  record Weather(String city, double temperature, boolean sunny, List<Integer> hours) {}

  private SchemaTools() {}

  private static String text(Optional<?> value) {
    return value.map(Object::toString).orElse("none");
  }

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
            (routed, call) -> ToolResult.text("Region: " + routed.region())),
        Tool.of(
            "test_x_mcp_header_optional",
            "Takes an integer and a boolean that HTTP clients mirror into headers if they give them",
            Scheduled.class,
            (scheduled, call) -> ToolResult.text("Priority: " + text(scheduled.priority())
                + ", dry run: " + text(scheduled.dryRun()))),
        Tool.of(
            "test_output_schema",
            "Returns structured content that satisfies an output schema; needs no argument",
            Place.class,
            Weather.class,
            (place, call) ->
                new Weather(place.city().orElse("Bern"), 21.5, true, List.of(9, 12, 15))));
  }
}
