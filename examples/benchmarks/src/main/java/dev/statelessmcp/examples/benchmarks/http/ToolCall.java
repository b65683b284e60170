package dev.statelessmcp.examples.benchmarks.http;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The request that calls a tool.
 *
 * @param uri the URL
 * @param headers the header fields
 * @param before the content before the text
 * @param messageLength the length of the text
 * @param after the content after the text
 */
record ToolCall(
    URI uri, Map<String, String> headers, String before, int messageLength, String after) {
  private static final String JSON = "application/json";
  private static final String MODERN = "2026-07-28";
  private static final String LEGACY = "2025-11-25";
  private static final String SESSION = "Mcp-Session-Id";
  private static final String INITIALIZE = """
      {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"%s",\
      "capabilities":{},"clientInfo":{"name":"benchmark","version":"1"}}}""".formatted(LEGACY);
  private static final String INITIALIZED =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final String MODERN_META = """
      ,"io.modelcontextprotocol/protocolVersion":"%s",\
      "io.modelcontextprotocol/clientInfo":{"name":"benchmark","version":"1"},\
      "io.modelcontextprotocol/clientCapabilities":{}""".formatted(MODERN);

  /** Creates the call of a scenario, with a session if the server needs one. */
  static ToolCall of(Contender contender, Scenario scenario, URI server, HttpClient http)
      throws IOException, InterruptedException {
    URI uri = server.resolve(contender.path(scenario));
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", JSON);
    headers.put("Accept", JSON + ", text/event-stream");
    if (contender.needsSession(scenario)) {
      headers.put(SESSION, session(uri, headers, http));
    }
    headers.put("MCP-Protocol-Version", contender.isModern() ? MODERN : LEGACY);
    if (contender.isModern()) {
      headers.put("Mcp-Method", "tools/call");
      headers.put("Mcp-Name", scenario.tool());
    }
    String before =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\""
            + scenario.tool() + "\",\"arguments\":{";
    String after =
        "},\"_meta\":{\"progressToken\":1" + (contender.isModern() ? MODERN_META : "") + "}}}";
    if (scenario.messageLength() > 0) {
      before += "\"message\":\"";
      after = "\"" + after;
    }
    return new ToolCall(uri, headers, before, scenario.messageLength(), after);
  }

  private static String session(URI uri, Map<String, String> headers, HttpClient http)
      throws IOException, InterruptedException {
    String id = post(uri, headers, INITIALIZE, http)
        .headers()
        .firstValue(SESSION)
        .orElseThrow(() -> new IOException(uri + " opened no session"));
    Map<String, String> withSession = new LinkedHashMap<>(headers);
    withSession.put(SESSION, id);
    post(uri, withSession, INITIALIZED, http);
    return id;
  }

  /** Sends it once. */
  String send(HttpClient http) throws IOException, InterruptedException {
    return post(uri, headers, before + "x".repeat(messageLength) + after, http).body();
  }

  private static HttpResponse<String> post(
      URI uri, Map<String, String> headers, String body, HttpClient http)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    headers.forEach(request::header);
    request.POST(HttpRequest.BodyPublishers.ofString(body));
    HttpResponse<String> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(
          uri + " answered with status " + response.statusCode() + ": " + response.body());
    }
    return response;
  }
}
