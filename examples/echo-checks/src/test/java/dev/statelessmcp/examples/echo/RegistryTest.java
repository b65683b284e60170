package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The entry of the MCP Registry: it has the form that the registry takes, and says what the server
 * says.
 */
class RegistryTest {
  /**
   * The rules of the registry's schema, and of its checks at publication, for what the entry uses,
   * and no member besides: an unknown one is more likely misspelt.
   *
   * @see <a
   *     href="https://github.com/modelcontextprotocol/registry/blob/main/docs/reference/server-json/official-registry-requirements.md">What
   *     the registry asks for</a>
   */
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
            "pattern": "^[a-zA-Z0-9-]+([.][a-zA-Z0-9-]+)+/[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$"
          },
          "title": { "type": "string", "minLength": 1, "maxLength": 100 },
          "description": { "type": "string", "minLength": 1, "maxLength": 100 },
          "version": {
            "type": "string",
            "maxLength": 255,
            "pattern": "^[0-9]+[.][0-9]+[.][0-9]+(-[0-9A-Za-z.-]+)?$"
          },
          "websiteUrl": { "type": "string", "pattern": "^https://[^\\\\s]+$" },
          "repository": {
            "type": "object",
            "required": ["url", "source"],
            "additionalProperties": false,
            "properties": {
              "url": { "type": "string", "pattern": "^https://github.com/[^/\\\\s]+/[^/\\\\s]+$" },
              "source": { "const": "github" },
              "subfolder": { "type": "string", "pattern": "^[^/.\\\\s]+(/[^/.\\\\s]+)*$" }
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
                      "format": { "enum": ["string", "number", "boolean", "filepath"] },
                      "placeholder": { "type": "string" },
                      "default": { "type": "string" },
                      "choices": { "type": "array", "items": { "type": "string" } }
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

  private static McpTestClient registry() {
    Tool publish =
        Tool.ofSchema("publish", "Publishes", RULES, (in, call) -> ToolResult.text("published"));
    return McpTestClient.of(McpServer.named("registry", "1").tool(publish).build());
  }

  @Test
  void hasTheFormThatTheRegistryTakes() {
    try (McpTestClient client = registry()) {
      client.call("publish", Json.text(entry)).isOk().hasText("published");
    }
  }

  /** Checks the checks: each of these would be refused at publication. */
  @ParameterizedTest
  @CsvSource({
    "/$schema, https://static.modelcontextprotocol.io/schemas/2025-09-29/server.schema.json",
    "/$schema, REMOVED",
    "/name, echo",
    "/name, io.github.stateless-mcp/echo/more",
    "/name, io/echo",
    "/name, io.github.stateless-mcp/-echo",
    "/name, REMOVED",
    "/title, ''",
    "/title, LONG",
    "/description, ''",
    "/description, LONG",
    "/description, REMOVED",
    "/version, latest",
    "/version, ^1.0.0",
    "/version, 1.x",
    "/version, 1.0",
    "/version, REMOVED",
    "/websiteUrl, example.com",
    "/repository/url, https://github.com/stateless-mcp",
    "/repository/url, REMOVED",
    "/repository/source, REMOVED",
    "/repository/subfolder, ../echo",
    "/repository/subfolder, /examples/echo",
    "/remotes/0/type, stdio",
    "/remotes/0/type, REMOVED",
    "/remotes/0/url, mcp.example.com/mcp",
    "/remotes/0/url, REMOVED",
    "/remotes/0/variables/host/isRequired, yes",
    "/remotes/0/variables/host/format, host",
    "/remotes/0/variables/host/desription, The host",
    "/tools, echo"
  })
  void whatTheRegistryRefusesIsFound(String pointer, String value) {
    ObjectNode wrong = entry.deepCopy();
    int last = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) wrong.at(pointer.substring(0, last));
    String member = pointer.substring(last + 1);
    if (value.equals("REMOVED")) {
      assertNotNull(parent.remove(member), pointer);
    } else {
      parent.put(member, value.equals("LONG") ? "x".repeat(101) : value);
    }
    try (McpTestClient client = registry()) {
      client.call("publish", Json.text(wrong)).hasToolError(member);
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
