package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One line of {@code matrix.txt}, whose head explains it.
 *
 * @param name what it shows
 * @param request method, path and operation
 * @param credentials how the request is authenticated
 * @param expected status and what the challenge or the body must have
 */
record MatrixCase(String name, String request, String credentials, String expected) {

  static List<MatrixCase> all() {
    List<MatrixCase> all = new ArrayList<>();
    try (InputStream in = MatrixCase.class.getResourceAsStream("matrix.txt")) {
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] cells = line.split("\\|", -1);
          if (cells.length != 4) {
            throw new IllegalArgumentException("four cells were expected: " + line);
          }
          all.add(new MatrixCase(
              cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  String method() {
    return request.split(" ", -1)[0];
  }

  /** The path, with its query, if it has one. */
  String path() {
    for (String word : request.split(" ", -1)) {
      if (word.startsWith("/")) {
        return word.replace("{token}", Tokens.valid());
      }
    }
    return "/echo/mcp";
  }

  private String operation() {
    String[] words = request.split(" ", -1);
    String last = words[words.length - 1];
    return words.length > 1 && !last.startsWith("/") ? last : "";
  }

  /** The operation, such as {@code tool:write}, as a body and the headers that mirror it. */
  String body(Map<String, String> headers) {
    String operation = operation();
    if (operation.isEmpty() || operation.equals("preflight")) {
      return "";
    }
    if (operation.equals("garbage")) {
      return "{";
    }
    if (operation.equals("notification")) {
      return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{}}";
    }
    boolean legacy = operation.startsWith("legacy:");
    String modern = legacy ? operation.substring("legacy:".length()) : operation;
    int colon = modern.indexOf(':');
    String kind = colon < 0 ? modern : modern.substring(0, colon);
    String of = colon < 0 ? null : modern.substring(colon + 1);
    ObjectNode params = Json.object();
    String method = switch (kind) {
      case "tool" -> "tools/call";
      case "prompt" -> "prompts/get";
      case "resource" -> "resources/read";
      case "complete" -> "completion/complete";
      case "subscribe" -> "subscriptions/listen";
      case "nothing" -> "no/such/method";
      case "initialize", "ping" -> kind;
      default -> kind + "/list";
    };
    switch (kind) {
      case "complete" -> {
        boolean template = String.valueOf(of).contains("{");
        ObjectNode ref = params.putObject("ref");
        ref.put("type", template ? "ref/resource" : "ref/prompt");
        ref.put(template ? "uri" : "name", of);
        params.putObject("argument").put("name", template ? "id" : "of").put("value", "");
      }
      case "subscribe" ->
        params.putObject("notifications").putArray("resourceSubscriptions").add(of);
      case "resource" -> params.put("uri", of);
      case "initialize" -> {
        params.put("protocolVersion", "2025-11-25").putObject("capabilities");
        params.putObject("clientInfo").put("name", "m").put("version", "1");
      }
      default -> {
        if (of != null) {
          params.put("name", of);
        }
      }
    }
    if (!legacy) {
      ObjectNode meta = params.putObject("_meta");
      meta.put("io.modelcontextprotocol/protocolVersion", "2026-07-28");
      meta.putObject("io.modelcontextprotocol/clientCapabilities");
      headers.put("MCP-Protocol-Version", "2026-07-28");
      headers.put("Mcp-Method", method);
      if (of != null && !kind.equals("complete") && !kind.equals("subscribe")) {
        headers.put("Mcp-Name", of);
      }
    } else {
      headers.put("MCP-Protocol-Version", "2025-11-25");
    }
    ObjectNode message = Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", method);
    message.set("params", params);
    return Json.text(message);
  }

  /** The header fields. A field that comes twice has both values, which a line break parts. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "api.example.com");
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json, text/event-stream");
    if (operation().equals("preflight")) {
      headers.put("Origin", "https://app.example.com");
      headers.put("Access-Control-Request-Method", "POST");
      headers.put("Access-Control-Request-Headers", "authorization, dpop");
    }
    if (!credentials.isEmpty() && !credentials.equals("-")) {
      headers.put("Authorization", authorization());
    }
    return headers;
  }

  private String authorization() {
    String valid = Tokens.valid();
    return switch (credentials) {
      case "twice" -> "Bearer " + valid + "\nBearer " + valid;
      case "twice-different" -> "Bearer " + valid + "\nBearer abc";
      case "two-schemes" -> "Bearer " + valid + "\nBasic am9lOnNlY3JldA==";
      case "joined" -> "Bearer " + valid + ", Bearer " + valid;
      case "no-scheme" -> valid;
      case "cut" -> "Bearer " + valid.substring(0, valid.length() - 4);
      case "flipped" -> "Bearer " + flipped(valid);
      case "padded" -> "Bearer " + valid + "=";
      case "two-parts" -> "Bearer " + valid.substring(0, valid.lastIndexOf('.'));
      case "five-parts" -> "Bearer " + valid + ".a.b";
      case "long" -> "Bearer " + "a".repeat(5000);
      default ->
        credentials.startsWith("token(")
            ? "Bearer " + token()
            : credentials.replace("{token}", valid);
    };
  }

  private static String flipped(String token) {
    int at = token.indexOf('.') + 20;
    char other = token.charAt(at) == 'A' ? 'B' : 'A';
    return token.substring(0, at) + other + token.substring(at + 1);
  }

  /** {@code token(exp=-60 -sub alg=ES256 kid=ec-1 key=ec-1)}: a valid token with changes. */
  private String token() {
    ObjectNode header = Tokens.header("RS256", "rsa-1");
    ObjectNode claims = Tokens.claims();
    String key = "rsa-1";
    String inside = credentials.substring("token(".length(), credentials.length() - 1);
    for (String change : inside.split(" ", -1)) {
      if (change.isEmpty()) {
        continue;
      }
      int equals = change.indexOf('=');
      String name = equals < 0 ? change : change.substring(0, equals);
      String value = equals < 0 ? "" : change.substring(equals + 1).replace("~", " ");
      switch (name) {
        case "key" -> key = value;
        case "alg", "kid", "typ", "crit", "jku", "jwk", "x5u", "b64" ->
          header.set(
              name,
              value.startsWith("[") || value.startsWith("{") || value.startsWith("#")
                  ? Json.parse(value.replace("#", "").replace('\'', '"'))
                  : Json.object().textNode(value));
        case "-alg", "-kid", "-typ" -> header.remove(name.substring(1));
        case "exp", "nbf", "iat" -> {
          if (value.startsWith("+") || value.startsWith("-")) {
            claims.put(name, Tokens.NOW.getEpochSecond() + Long.parseLong(value));
          } else {
            claims.set(name, Json.parse(value.replace('\'', '"')));
          }
        }
        default -> {
          if (name.startsWith("-")) {
            claims.remove(name.substring(1));
          } else if (value.startsWith("[") || value.startsWith("{") || value.startsWith("#")) {
            claims.set(name, Json.parse(value.replace("#", "").replace('\'', '"')));
          } else {
            claims.put(name, value);
          }
        }
      }
    }
    return Tokens.sign(header, claims, key);
  }
}
