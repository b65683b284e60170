package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** A client of a legacy revision that keeps to its session. */
final class SessionClient {
  static final String BOTH = "application/json, text/event-stream";

  /** Declares that it answers all kinds of questions. */
  static final String CAPABLE = "{\"elicitation\":{},\"sampling\":{},\"roots\":{}}";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI uri;
  private final Map<String, String> headers = new LinkedHashMap<>();

  SessionClient(URI uri) {
    this.uri = uri;
    headers.put("Accept", BOTH);
    headers.put("Content-Type", "application/json");
  }

  static SessionClient initialized(McpHttpServer server) throws Exception {
    return initialized(server, "2025-11-25", CAPABLE);
  }

  static SessionClient initialized(McpHttpServer server, String version, String capabilities)
      throws Exception {
    SessionClient client = new SessionClient(server.uri());
    HttpResponse<String> answer = client.initialize(version, capabilities);
    assertEquals(200, answer.statusCode(), answer::body);
    client.header(
        "Mcp-Session-Id", answer.headers().firstValue("Mcp-Session-Id").orElseThrow());
    client.header("MCP-Protocol-Version", version);
    assertEquals(
        202, client.post(notification("notifications/initialized", "{}")).statusCode());
    return client;
  }

  HttpResponse<String> initialize(String version, String capabilities) throws Exception {
    return post(request(0, "initialize", """
        {"protocolVersion":"%s","capabilities":%s,"clientInfo":{"name":"test","version":"1"}}""".formatted(version, capabilities)));
  }

  /** Sets a header of all requests from now on; null takes it away. */
  SessionClient header(String name, String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return this;
  }

  String id() {
    return headers.get("Mcp-Session-Id");
  }

  static String request(int id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":"
        + params + "}";
  }

  static String call(int id, String tool) {
    return request(id, "tools/call", "{\"name\":\"" + tool + "\"}");
  }

  static String notification(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + params + "}";
  }

  static String cancelled(int id) {
    return notification("notifications/cancelled", "{\"requestId\":" + id + "}");
  }

  static String result(JsonNode id, String result) {
    return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":" + result + "}";
  }

  private HttpRequest.Builder request() {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    headers.forEach(request::header);
    return request;
  }

  HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return send("POST", body);
  }

  HttpResponse<String> send(String method, String body) throws IOException, InterruptedException {
    HttpRequest.BodyPublisher publisher = body == null
        ? HttpRequest.BodyPublishers.noBody()
        : HttpRequest.BodyPublishers.ofString(body);
    return http.send(request().method(method, publisher).build(), BodyHandlers.ofString());
  }

  /** The message that a request is answered with, be it JSON or the last event of a stream. */
  JsonNode ask(String body) throws IOException, InterruptedException {
    HttpResponse<String> answer = post(body);
    assertEquals(200, answer.statusCode(), answer::body);
    String json = answer.body();
    if (answer.headers().firstValue("Content-Type").orElse("").equals("text/event-stream")) {
      json = json.substring(json.lastIndexOf("data: ") + 6);
    }
    return HttpAnswer.parse(json);
  }

  /** Posts something that is answered with a stream. */
  Events stream(String body) throws IOException, InterruptedException {
    return events(request().POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Opens the stream of changes. */
  Events listen() throws IOException, InterruptedException {
    return events(request().GET());
  }

  private Events events(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
    assertEquals(200, answer.statusCode());
    assertEquals(
        "text/event-stream", answer.headers().firstValue("Content-Type").orElse(""));
    return new Events(answer.body());
  }

  /** An event stream being read. */
  static final class Events implements AutoCloseable {
    private final BufferedReader lines;

    private Events(InputStream in) {
      lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    /** The next line, which may be a comment; null at the end. */
    String line() throws IOException {
      return lines.readLine();
    }

    /** The next message; null at the end of the stream. */
    JsonNode next() throws IOException {
      for (String line = line(); line != null; line = line()) {
        if (line.startsWith("data: ")) {
          return HttpAnswer.parse(line.substring(6));
        }
      }
      return null;
    }

    /** The next message, which must be this request or notification. */
    JsonNode next(String method) throws IOException {
      JsonNode message = next();
      assertEquals(method, message == null ? null : message.path("method").textValue());
      return message;
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}
