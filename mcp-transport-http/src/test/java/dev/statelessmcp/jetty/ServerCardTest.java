package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.ServerCard;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The card and the catalogue of a server that asks for credentials. */
class ServerCardTest {
  private final McpServer server = McpServer.named("weather", "1.2.0")
      .title("Weather")
      .description("Tells the weather")
      .websiteUrl("https://example.com/weather")
      .build();
  private final ServerCard card =
      ServerCard.of(server, "com.example", "https://mcp.example.com/mcp");
  private McpHttpServer http;

  @BeforeEach
  void start() throws Exception {
    http = McpHttpServer.builder(server)
        .port(0)
        .authenticator(
            request -> request.headers().get("Authorization").equals(Optional.of("Bearer ann"))
                ? Authenticator.accepted(Caller.of("ann"))
                : Authenticator.unauthorized("Bearer"))
        .document("/mcp" + ServerCard.PATH, card::card)
        .document(ServerCard.CATALOG_PATH, card::catalog)
        .start();
  }

  @AfterEach
  void stop() {
    http.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + http.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // a stop waits
  void neverContradictsDiscovery() throws Exception {
    assertEquals(401, get("/mcp").statusCode());
    JsonNode read = Json.parse(get("/mcp/server-card").body());
    try (McpTestClient client =
        McpTestClient.http(http.uri()).header("Authorization", "Bearer ann")) {
      JsonNode discovered =
          client.request("server/discover", Json.object()).isResult().message().path("result");
      JsonNode info = discovered.path("_meta").path("io.modelcontextprotocol/serverInfo");
      assertEquals(
          "com.example/" + info.path("name").asText(), read.path("name").asText());
      for (String member : new String[] {"version", "title", "description", "websiteUrl"}) {
        assertTrue(info.has(member), member);
        assertEquals(info.get(member), read.get(member), member);
      }
      JsonNode remote = read.path("remotes").path(0);
      assertEquals(discovered.path("supportedVersions"), remote.path("supportedProtocolVersions"));
      assertEquals("streamable-http", remote.path("type").asText());
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // a stop waits
  void catalogueLeadsToTheCard() throws Exception {
    HttpResponse<String> catalog = get("/.well-known/ai-catalog.json");
    assertEquals(200, catalog.statusCode());
    JsonNode entry = Json.parse(catalog.body()).path("entries").path(0);
    URI url = URI.create(entry.path("url").asText());
    HttpResponse<String> found = get(url.getPath(), "Accept", entry.path("type").asText());
    assertEquals(200, found.statusCode());
    assertEquals(
        entry.path("type").asText(), found.headers().firstValue("Content-Type").orElse(""));
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // a stop waits
  void bothAreForEveryPageAndMayBeKept() throws Exception {
    for (String path : new String[] {"/mcp/server-card", "/.well-known/ai-catalog.json"}) {
      HttpResponse<String> first = get(path, "Origin", "https://other.example");
      assertEquals(
          "*", first.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
      assertEquals(
          "public, max-age=3600", first.headers().firstValue("Cache-Control").orElse(""));
      String tag = first.headers().firstValue("ETag").orElse("");
      HttpResponse<String> again = get(path, "If-None-Match", tag);
      assertEquals(304, again.statusCode());
      assertEquals("", again.body());
    }
  }
}
