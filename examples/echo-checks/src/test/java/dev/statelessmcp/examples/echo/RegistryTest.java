package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The entry of the MCP Registry: it has the form that the registry takes, and says what the server
 * says.
 */
class RegistryTest {
  /** The rules of the registry for what the entry uses, and no member besides. */
  private static final String RULES = """
      {
        "type": "object",
        "required": ["$schema", "name", "description", "version", "remotes"],
        "additionalProperties": false,
        "properties": {
          "$schema": {
            "const": "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"
          },
          "name": {
            "type": "string",
            "minLength": 3,
            "maxLength": 200,
            "pattern": "^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$"
          },
          "title": { "type": "string", "minLength": 1, "maxLength": 100 },
          "description": { "type": "string", "minLength": 1, "maxLength": 100 },
          "version": { "type": "string", "maxLength": 255, "pattern": "^[0-9]+[.][0-9]+[.][0-9]+" },
          "websiteUrl": { "type": "string", "format": "uri" },
          "repository": {
            "type": "object",
            "required": ["url", "source"],
            "additionalProperties": false,
            "properties": {
              "url": { "type": "string", "format": "uri" },
              "source": { "type": "string" },
              "subfolder": { "type": "string", "pattern": "^[^/.][^.]*$" }
            }
          },
          "remotes": {
            "type": "array",
            "minItems": 1,
            "items": {
              "type": "object",
              "required": ["type", "url"],
              "additionalProperties": false,
              "properties": {
                "type": { "enum": ["streamable-http", "sse"] },
                "url": {
                  "type": "string",
                  "pattern": "^(https?://[^\\\\s]+|\\\\{[a-zA-Z_][a-zA-Z0-9_]*\\\\}[^\\\\s]*)$"
                },
                "variables": {
                  "type": "object",
                  "additionalProperties": {
                    "type": "object",
                    "additionalProperties": false,
                    "properties": {
                      "description": { "type": "string" },
                      "isRequired": { "type": "boolean" },
                      "isSecret": { "type": "boolean" },
                      "placeholder": { "type": "string" },
                      "default": { "type": "string" }
                    }
                  }
                }
              }
            }
          }
        }
      }
      """;

  private final JsonNode entry =
      Json.parse(Files.readString(Templates.MODULE.resolve("server.json")));

  RegistryTest() throws IOException {}

  @Test
  void hasTheFormThatTheRegistryTakes() {
    Tool publish =
        Tool.ofSchema("publish", "Publishes", RULES, (in, call) -> ToolResult.text("published"));
    McpServer registry = McpServer.named("registry", "1").tool(publish).build();
    try (McpTestClient client = McpTestClient.of(registry)) {
      client.call("publish", Json.text(entry)).isOk().hasText("published");
      String tooLong = Json.text(entry).replace("\"Echo\"", "\"" + "x".repeat(101) + "\"");
      client.call("publish", tooLong).hasToolError("title");
    }
  }

  @Test
  void saysWhatTheServerSays() {
    Implementation server = EchoServer.create().info();
    String name = entry.path("name").asText();
    assertEquals(server.name(), name.substring(name.indexOf('/') + 1));
    assertEquals(server.version(), entry.path("version").asText());
    assertEquals(server.title().orElse(""), entry.path("title").asText());
    assertEquals(
        server.toJson().path("description").asText(), entry.path("description").asText());
  }

  @Test
  void everyVariableOfAUrlIsDescribed() {
    for (JsonNode remote : entry.path("remotes")) {
      String url = remote.path("url").asText();
      Set<String> described = new TreeSet<>();
      remote.path("variables").fieldNames().forEachRemaining(described::add);
      for (String variable : described) {
        assertTrue(url.contains("{" + variable + "}"), url);
        url = url.replace("{" + variable + "}", "");
      }
      assertEquals(-1, url.indexOf('{'), url);
    }
  }
}
