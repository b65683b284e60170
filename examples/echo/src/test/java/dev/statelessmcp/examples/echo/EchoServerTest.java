package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.json.Json;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** The server over HTTP, as a client sees it. */
class EchoServerTest {
  private static final String CALL = """
      {"jsonrpc": "2.0", "id": 1, "method": "tools/call",
       "params": {"name": "echo", "arguments": {"message": "hello"}}}
      """;

  @Test
  void sendsTheTextBack() throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(EchoServer.create()).port(0).start()) {
      HttpRequest request = HttpRequest.newBuilder(http.uri())
          .header("Content-Type", "application/json")
          .header("Accept", "application/json, text/event-stream")
          .POST(HttpRequest.BodyPublishers.ofString(CALL))
          .build();
      HttpResponse<String> response =
          HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
      assertEquals(200, response.statusCode());
      JsonNode answer = Json.parse(response.body());
      assertEquals("Echo: hello", answer.at("/result/content/0/text").textValue());
    }
  }
}
