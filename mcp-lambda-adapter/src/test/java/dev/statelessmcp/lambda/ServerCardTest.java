package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.ServerCard;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The card and the catalogue of a function that asks for credentials, behind every sender. */
class ServerCardTest {
  private static final McpServer SERVER = McpServer.named("weather", "1.2.0")
      .title("Weather")
      .description("Tells the weather")
      .build();
  private static final ServerCard CARD =
      ServerCard.of(SERVER, "com.example", "https://mcp.example.com/mcp");
  private static final TestFunction FUNCTION = new TestFunction(
      SERVER,
      LambdaSettings.defaults()
          .path("/mcp")
          .authenticator(request -> Authenticator.unauthorized("Bearer"))
          .document("/mcp" + ServerCard.PATH, CARD::card)
          .document(ServerCard.CATALOG_PATH, CARD::catalog));

  private static JsonNode get(EventShape shape, String path, String... header) {
    Map<String, String> headers = header.length == 0
        ? Map.of("Host", "api.example.com")
        : Map.of("Host", "api.example.com", header[0], header[1]);
    return FUNCTION.invoke(shape.event("GET", path, headers, ""));
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void isPublicAndNeverContradictsDiscovery(EventShape shape) {
    assertEquals(401, get(shape, "/mcp").path("statusCode").asInt());
    JsonNode answer = get(shape, "/mcp/server-card");
    assertEquals(200, answer.path("statusCode").asInt(), answer.toString());
    assertEquals("application/mcp-server-card+json", shape.headers(answer).get("content-type"));
    assertEquals("*", shape.headers(answer).get("access-control-allow-origin"));
    JsonNode card = Json.parse(answer.path("body").asText());
    try (McpTestClient client = McpTestClient.of(SERVER)) {
      JsonNode discovered =
          client.request("server/discover", Json.object()).isResult().message().path("result");
      JsonNode info = discovered.path("_meta").path("io.modelcontextprotocol/serverInfo");
      assertEquals(
          "com.example/" + info.path("name").asText(), card.path("name").asText());
      assertEquals(info.get("version"), card.get("version"));
      assertEquals(info.get("title"), card.get("title"));
      assertEquals(info.get("description"), card.get("description"));
      assertEquals(
          discovered.get("supportedVersions"),
          card.path("remotes").path(0).get("supportedProtocolVersions"));
    }
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void catalogueIsPublicAndMayBeKept(EventShape shape) {
    JsonNode answer = get(shape, "/.well-known/ai-catalog.json");
    assertEquals(200, answer.path("statusCode").asInt(), answer.toString());
    assertEquals("application/ai-catalog+json", shape.headers(answer).get("content-type"));
    assertEquals("public, max-age=3600", shape.headers(answer).get("cache-control"));
    String tag = String.valueOf(shape.headers(answer).get("etag"));
    JsonNode again = get(shape, "/.well-known/ai-catalog.json", "If-None-Match", tag);
    assertEquals(304, again.path("statusCode").asInt());
  }

  @Test
  void variablesAreEnough() {
    LambdaSettings settings = LambdaSettings.from(Map.of(
        "MCP_PATH",
        "/mcp",
        "MCP_PUBLIC_URL",
        "https://mcp.example.com/dev/mcp",
        "MCP_CARD_NAMESPACE",
        "com.example"));
    TestFunction function = new TestFunction(SERVER, settings);
    Map<String, String> headers = Map.of("Host", "api.example.com");
    for (EventShape shape : EventShape.values()) {
      JsonNode card = function.invoke(shape.event("GET", "/mcp/server-card", headers, ""));
      assertEquals(
          "https://mcp.example.com/dev/mcp",
          Json.parse(card.path("body").asText()).at("/remotes/0/url").asText());
      JsonNode catalog =
          function.invoke(shape.event("GET", "/.well-known/ai-catalog.json", headers, ""));
      assertEquals(
          "https://mcp.example.com/dev/mcp/server-card",
          Json.parse(catalog.path("body").asText()).at("/entries/0/url").asText());
    }
  }

  @Test
  void missingSettingsOfACardAreReportedAtTheStart() {
    String needed = "MCP_CARD_NAMESPACE: a server card names the endpoint,"
        + " so set MCP_PATH and MCP_PUBLIC_URL too";
    String url = "https://mcp.example.com/mcp";
    Map<String, String> noPath = Map.of("MCP_CARD_NAMESPACE", "com.example", "MCP_PUBLIC_URL", url);
    Map<String, String> noUrl = Map.of("MCP_CARD_NAMESPACE", "com.example", "MCP_PATH", "/mcp");
    for (Map<String, String> variables : List.of(noPath, noUrl)) {
      assertEquals(
          needed,
          assertThrows(IllegalArgumentException.class, () -> LambdaSettings.from(variables))
              .getMessage());
    }
    LambdaSettings settings = LambdaSettings.from(
        Map.of("MCP_CARD_NAMESPACE", "example", "MCP_PATH", "/mcp", "MCP_PUBLIC_URL", url));
    assertEquals(
        "MCP_CARD_NAMESPACE: namespace must be a domain in reverse such as com.example,"
            + " was example",
        assertThrows(IllegalArgumentException.class, () -> new TestFunction(SERVER, settings))
            .getMessage());
  }
}
