package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Icon;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerCardTest {
  private static final String URL = "https://mcp.example.com/mcp";

  private final HttpRequest request = new HttpRequest(
      "GET", "/mcp/server-card", HttpHeaders.NONE, HttpRequest.Body.of(new byte[0]));

  private static McpServer.Builder weather() {
    return McpServer.named("weather", "1.2.0").description("Tells the weather");
  }

  private static String text(HttpDocument document) {
    return new String(document.body(), StandardCharsets.UTF_8);
  }

  private static void refused(String message, Executable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action).getMessage());
  }

  @Test
  void saysWhatTheServerSays() {
    McpServer server = weather()
        .title("Weather")
        .websiteUrl("https://example.com/weather")
        .icons(Icon.of("https://example.com/sun.png").mimeType("image/png").sizes("48x48"))
        .instructions("Not for everybody to read")
        .build();
    ServerCard card = ServerCard.of(server, "com.example", URL + "/");
    assertEquals(
        Json.parse("{\"$schema\":"
            + "\"https://static.modelcontextprotocol.io/schemas/v1/server-card.schema.json\","
            + "\"name\":\"com.example/weather\",\"title\":\"Weather\",\"version\":\"1.2.0\","
            + "\"description\":\"Tells the weather\",\"websiteUrl\":\"https://example.com/weather\","
            + "\"icons\":[{\"src\":\"https://example.com/sun.png\",\"mimeType\":\"image/png\","
            + "\"sizes\":[\"48x48\"]}],"
            + "\"remotes\":[{\"type\":\"streamable-http\",\"url\":\"https://mcp.example.com/mcp\","
            + "\"supportedProtocolVersions\":[\"2026-07-28\"]}]}"),
        Json.parse(text(card.card(request))));
    assertEquals(
        Json.parse("{\"specVersion\":\"1.0\",\"entries\":[{"
            + "\"identifier\":\"urn:air:example.com:mcp:weather\",\"displayName\":\"Weather\","
            + "\"type\":\"application/mcp-server-card+json\","
            + "\"url\":\"https://mcp.example.com/mcp/server-card\","
            + "\"description\":\"Tells the weather\",\"version\":\"1.2.0\"}]}"),
        Json.parse(text(card.catalog(request))));
  }

  @Test
  void hasTheMediaTypesAndMayBeKept() {
    ServerCard card = ServerCard.of(weather().build(), "com.example", URL, Duration.ofMinutes(5));
    HttpHeaders.Builder headers = HttpHeaders.builder();
    HttpHeaders ofCard = card.card(request).addTo(headers).build();
    assertEquals("application/mcp-server-card+json", ofCard.value("Content-Type"));
    assertEquals("public, max-age=300", ofCard.value("Cache-Control"));
    HttpHeaders ofCatalog = card.catalog(request).addTo(HttpHeaders.builder()).build();
    assertEquals("application/ai-catalog+json", ofCatalog.value("Content-Type"));
    assertEquals("public, max-age=300", ofCatalog.value("Cache-Control"));
  }

  @Test
  void equalServersHaveEqualTags() {
    String tag =
        ServerCard.of(weather().build(), "com.example", URL).card(request).etag();
    assertEquals(
        tag, ServerCard.of(weather().build(), "com.example", URL).card(request).etag());
  }

  @ParameterizedTest
  @ValueSource(strings = {"example", "", "com.example/weather", "com..example", "com.exämple"})
  void namespacesAreDomains(String namespace) {
    refused(
        "namespace must be a domain in reverse such as com.example, was " + namespace,
        () -> ServerCard.of(weather().build(), namespace, URL));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/mcp", "mcp.example.com", "ftp://example.com/mcp", URL + "?a=b", URL + "#a"})
  void urlsAreThoseOfEndpoints(String url) {
    refused(
        "url must be an http or https URL without query and fragment, such as https://mcp.example.com/mcp, was "
            + url,
        () -> ServerCard.of(weather().build(), "com.example", url));
  }

  @Test
  void namesAndTextsHaveTheFormOfCards() {
    refused(
        "the name of a server with a card must be of the characters A-Z a-z 0-9 . _ -, was"
            + " \"the weather\"",
        () -> ServerCard.of(
            McpServer.named("the weather", "1").description("x").build(), "com.example", URL));
    refused(
        "the description of a server with a card must be 1 to 100 characters, is missing",
        () -> ServerCard.of(McpServer.named("weather", "1").build(), "com.example", URL));
    refused(
        "the description of a server with a card must be 1 to 100 characters, was 101",
        () -> ServerCard.of(weather().description("x".repeat(101)).build(), "com.example", URL));
    refused(
        "the title of a server with a card must be 1 to 100 characters, was 101",
        () -> ServerCard.of(weather().title("x".repeat(101)).build(), "com.example", URL));
  }

  @ParameterizedTest
  @ValueSource(strings = {"^1.2.3", "~1.2", ">=1", "1.x", "1.*", "*"})
  void versionsAreNotRanges(String version) {
    refused(
        "version must be a single version of at most 255 characters, was " + version,
        () -> ServerCard.of(
            McpServer.named("weather", version).description("x").build(), "com.example", URL));
  }
}
