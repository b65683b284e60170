package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * An event that carries an HTTP request, and the shape that its answer must have. One is made for
 * each event.
 */
abstract class HttpEvent {
  private static final byte[] NO_BODY = {};

  final ObjectNode event;
  private final EventSource source;
  private HttpHeaders headers; // read when they are first asked for

  HttpEvent(ObjectNode event, EventSource source) {
    this.event = event;
    this.source = source;
  }

  /**
   * The format of an event; null if it is none of HTTP.
   *
   * <p>The order matters: a function URL and an HTTP API look alike, and some members are in
   * several formats.
   */
  static HttpEvent of(ObjectNode event) {
    JsonNode context = event.path("requestContext");
    if (context.path("elb").isObject()) {
      return new AlbEvent(event);
    }
    if (context.path("http").isObject()) {
      return new HttpApiEvent(event);
    }
    if (context.path("serviceArn").isTextual()) {
      return LatticeEvent.from(event); // by this it is not loaded unless there is one
    }
    if (event.path("raw_path").isTextual()) {
      return LatticeV1Event.from(event);
    }
    if (event.path("httpMethod").isTextual() && context.isObject()) {
      return new RestApiEvent(event);
    }
    return null;
  }

  final EventSource source() {
    return source;
  }

  /** The header fields. */
  final HttpHeaders headers() {
    if (headers == null) {
      headers = readHeaders();
    }
    return headers;
  }

  /** The method, in upper case. */
  abstract String method();

  /** The path without stage and base path. */
  abstract String path();

  /** Reads the header fields out of the event. */
  abstract HttpHeaders readHeaders();

  /** Puts the headers of an answer where the format wants them. */
  abstract void putHeaders(HttpHeaders headers, ObjectNode answer);

  /** Who calls, as the gateway has found out. */
  Caller caller() {
    return Caller.ANONYMOUS;
  }

  /** Where the request came from, as the gateway saw it; null if it does not say. */
  abstract String sourceIp();

  /** The gateway's id of the request; null if it gives none. */
  String requestId() {
    return null;
  }

  /** When the gateway got the request, in milliseconds since 1970; 0 if it does not say. */
  long receivedAt() {
    return 0;
  }

  /**
   * The answer that the server is not asked for.
   *
   * @return true if this is a gateway's own question whether the function is there
   */
  boolean isHealthCheck() {
    return false;
  }

  boolean isBase64() {
    return event.path("isBase64Encoded").asBoolean(false);
  }

  final HttpRequest toRequest(Attributes attributes) {
    return new HttpRequest(method(), path(), headers(), HttpRequest.Body.of(body()), attributes);
  }

  /**
   * The body as bytes. One that claims to be Base64 and is not becomes what it is, so that it is
   * refused as no JSON.
   */
  final byte[] body() {
    String text = event.path("body").textValue();
    if (text == null) {
      return NO_BODY;
    }
    if (isBase64()) {
      try {
        return Base64.getDecoder().decode(text);
      } catch (IllegalArgumentException e) {
        return text.getBytes(StandardCharsets.UTF_8);
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * The answer in the shape of the format.
   *
   * @param status the status code
   * @param headers its header fields
   * @param body its content, always text
   */
  final ObjectNode answer(int status, HttpHeaders headers, byte[] body) {
    ObjectNode answer = event.objectNode().put("statusCode", status);
    putHeaders(headers, answer);
    // An empty body is there too: without one, payload 2.0 makes a body of the whole answer
    return answer
        .put("body", new String(body, StandardCharsets.UTF_8))
        .put("isBase64Encoded", false);
  }

  /** Adds headers that have one value each; members that are null have none. */
  static void addSingle(HttpHeaders.Builder headers, JsonNode fields) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      headers.add(field.getKey(), field.getValue().textValue());
    }
  }

  /** Adds headers that have a list of values each. */
  static void addMulti(HttpHeaders.Builder headers, JsonNode fields) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      for (JsonNode value : field.getValue()) {
        headers.add(field.getKey(), value.textValue());
      }
    }
  }

  static void putSingle(HttpHeaders headers, ObjectNode fields) {
    for (String name : headers.asMap().keySet()) {
      fields.put(name, headers.get(name));
    }
  }

  /** Takes the stage off a path, where it is its first step. */
  static String withoutStage(String path, String stage) {
    if (stage != null && path.startsWith("/" + stage + "/")) {
      return path.substring(stage.length() + 1);
    }
    return stage != null && path.equals("/" + stage) ? "/" : path;
  }

  static String withoutQuery(String path) {
    int query = path.indexOf('?');
    return query < 0 ? path : path.substring(0, query);
  }

  /** The last of the addresses that proxies have put into a list; null if there is none. */
  static String last(String list) {
    return list == null ? null : list.substring(list.lastIndexOf(',') + 1).strip();
  }

  /** The text of a member, or a fallback if it is none. */
  static String text(JsonNode node, String fallback) {
    return node.isTextual() ? node.textValue() : fallback;
  }
}
