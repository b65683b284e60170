package dev.statelessmcp.jetty;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes HTTP requests, well-formed by default. */
public final class HttpText {
  static final String MODERN_META = "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
      + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"test\",\"version\":\"1\"},"
      + "\"io.modelcontextprotocol/clientCapabilities\":{}";

  private final String method;
  private final String path;
  private final Map<String, String> headers = new LinkedHashMap<>();
  private String body = "";
  private boolean chunked;

  private HttpText(String method, String path) {
    this.method = method;
    this.path = path;
    headers.put("Host", "localhost");
  }

  public static HttpText of(String method, String path) {
    return new HttpText(method, path);
  }

  /** A message without the headers of any revision. */
  public static HttpText post(String body) {
    return of("POST", "/mcp")
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .body(body);
  }

  public static HttpText legacyPing(int id) {
    return post("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"ping\"}");
  }

  public static HttpText legacyCall(int id, String tool, String arguments) {
    return post(call(id, tool, arguments, "")).header("MCP-Protocol-Version", "2025-11-25");
  }

  /** With {@code progressToken} 7. */
  public static HttpText legacyCallWithProgress(int id, String tool) {
    return post(call(id, tool, "{}", "\"progressToken\":7"))
        .header("MCP-Protocol-Version", "2025-11-25");
  }

  public static HttpText modernCall(int id, String tool, String arguments) {
    return modern(call(id, tool, arguments, MODERN_META), tool);
  }

  /** With {@code progressToken} 7. */
  public static HttpText modernCallWithProgress(int id, String tool) {
    return modern(call(id, tool, "{}", MODERN_META + ",\"progressToken\":7"), tool);
  }

  private static HttpText modern(String body, String tool) {
    return post(body)
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", "tools/call")
        .header("Mcp-Name", tool);
  }

  private static String call(int id, String tool, String arguments, String meta) {
    return "{\"jsonrpc\":\"2.0\",\"id\":"
        + id
        + ",\"method\":\"tools/call\",\"params\":{\"name\":\""
        + tool
        + "\",\"arguments\":"
        + arguments
        + ",\"_meta\":{"
        + meta
        + "}}}";
  }

  /** Sets a header; null takes it away. */
  public HttpText header(String name, String value) {
    if (value == null) {
      headers.remove(name);
    } else {
      headers.put(name, value);
    }
    return this;
  }

  public HttpText body(String newBody) {
    body = newBody;
    return this;
  }

  public HttpText at(String newPath) {
    HttpText copy = of(method, newPath);
    copy.headers.putAll(headers);
    copy.body = body;
    copy.chunked = chunked;
    return copy;
  }

  /** Sends the body in chunks of a few bytes. */
  public HttpText inChunks() {
    chunked = true;
    return this;
  }

  public boolean isHead() {
    return method.equals("HEAD");
  }

  /** The lines before the body. */
  public byte[] head() {
    StringBuilder head = new StringBuilder();
    head.append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
    headers.forEach(
        (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (chunked) {
      head.append("Transfer-Encoding: chunked\r\n");
    } else if (!headers.containsKey("Content-Length") && !body.isEmpty()) {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      head.append("Content-Length: ").append(length).append("\r\n");
    }
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  public String contentText() {
    return body;
  }

  public byte[] content() {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (!chunked) {
      return bytes;
    }
    ByteArrayOutputStream chunks = new ByteArrayOutputStream();
    for (int start = 0; start < bytes.length; start += 100) {
      int length = Math.min(100, bytes.length - start);
      chunks.writeBytes((Integer.toHexString(length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      chunks.write(bytes, start, length);
      chunks.writeBytes(new byte[] {'\r', '\n'});
    }
    chunks.writeBytes("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return chunks.toByteArray();
  }

  public byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(head());
    bytes.writeBytes(content());
    return bytes.toByteArray();
  }
}
