package dev.statelessmcp.lambda.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.HttpVersion;
import dev.statelessmcp.json.Json;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An event that carries an HTTP request. It also creates the answer in the form that the sender
 * expects. Not thread-safe.
 */
public abstract class HttpEvent {
  private static final byte[] NO_BODY = {};

  /** The event. */
  final ObjectNode event;

  private final EventSource source;
  private @Nullable HttpHeaders headers; // read at the first use

  HttpEvent(ObjectNode event, EventSource source) {
    this.event = event;
    this.source = source;
  }

  /**
   * Recognises the format of an event by its members.
   *
   * <p>The order of the checks matters: a function URL and an HTTP API look alike, and several
   * formats share members.
   *
   * @param event the event; not null
   * @return the event in its format; null if it carries no HTTP request
   */
  public static @Nullable HttpEvent of(ObjectNode event) {
    JsonNode context = event.path("requestContext");
    if (context.path("elb").isObject()) {
      return new LoadBalancerEvent(event);
    }
    if (context.path("http").isObject()) {
      return new HttpApiEvent(event);
    }
    if (context.path("serviceArn").isTextual()) {
      return LatticeEvent.version2(event);
    }
    if (event.path("raw_path").isTextual()) {
      return LatticeEvent.version1(event);
    }
    if (event.path("httpMethod").isTextual() && context.isObject()) {
      return new RestApiEvent(event);
    }
    return null;
  }

  /**
   * The event.
   *
   * @return never null; must not be changed
   */
  public final ObjectNode json() {
    return event;
  }

  /**
   * The sender of the event.
   *
   * @return never null
   */
  public final EventSource source() {
    return source;
  }

  /**
   * The header fields of the request.
   *
   * @return never null
   */
  public final HttpHeaders headers() {
    if (headers == null) {
      headers = readHeaders();
    }
    return headers;
  }

  /** The method, in upper case. */
  abstract String method();

  /** The path without stage and base path. */
  abstract String path();

  /** Reads the header fields of the event. */
  abstract HttpHeaders readHeaders();

  /** Adds the header fields of an answer in the form of most formats: one string for each name. */
  void putHeaders(HttpHeaders headers, ObjectNode answer) {
    putSingle(headers, answer.putObject("headers"));
  }

  /**
   * The caller, as the gateway has authenticated it.
   *
   * @return anonymous if the gateway does not authenticate; never null
   */
  public Caller caller() {
    return Caller.ANONYMOUS;
  }

  /**
   * The client's address, as the gateway saw it.
   *
   * @return an IP address; null if the event has none
   */
  public abstract @Nullable String sourceIp();

  /**
   * The gateway's id of the request.
   *
   * @return the id; null if the event has none
   */
  public @Nullable String requestId() {
    return null;
  }

  /**
   * The time at which the gateway received the request.
   *
   * @return in milliseconds since 1970; 0 if the event does not have it
   */
  public long receivedAt() {
    return 0;
  }

  /**
   * Whether this is a health check of the sender, which the server does not see.
   *
   * @return true for a health check
   */
  public boolean isHealthCheck() {
    return false;
  }

  /** The protocol of the request to the gateway, such as {@code HTTP/1.1}; null if not known. */
  @Nullable
  String protocol() {
    return null;
  }

  boolean isBase64() {
    return event.path("isBase64Encoded").asBoolean(false);
  }

  /**
   * Creates the HTTP request of the event.
   *
   * @param attributes the attributes of the request, to which the client's address and the version
   *     of HTTP are added; not null
   * @return the request; never null
   */
  public final HttpRequest toRequest(Attributes attributes) {
    String from = sourceIp();
    Attributes all = from == null
        ? attributes
        : attributes.with(InetSocketAddress.class, InetSocketAddress.createUnresolved(from, 0));
    return new HttpRequest(
        method(),
        path(),
        headers(),
        HttpRequest.Body.of(body()),
        HttpVersion.addTo(all, protocol()));
  }

  /**
   * The body of the request. Text that is declared as Base64 but is not Base64 is returned as it
   * is, and refused later because it is not JSON. A body that is JSON instead of a string, as in
   * some test events, is accepted.
   *
   * @return never null
   */
  public final byte[] body() {
    JsonNode body = event.path("body");
    String text = body.textValue();
    if (text == null) {
      return body.isContainerNode() ? Json.write(body) : NO_BODY;
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
   * Creates an answer in the form that the sender expects.
   *
   * @param status the status code
   * @param headers the header fields; not null
   * @param body the content, text in UTF-8; not null
   * @return the answer; never null
   */
  public final ObjectNode answer(int status, HttpHeaders headers, byte[] body) {
    ObjectNode answer = event.objectNode().put("statusCode", status);
    putHeaders(headers, answer);
    // Also an empty body: without one, payload 2.0 treats the whole answer as the body
    return answer
        .put("body", new String(body, StandardCharsets.UTF_8))
        .put("isBase64Encoded", false);
  }

  /** Adds headers with one value each; skips null. */
  static void addSingle(HttpHeaders.Builder headers, JsonNode fields) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      headers.add(field.getKey(), field.getValue().textValue());
    }
  }

  /** Adds headers with a list of values each. */
  static void addMulti(HttpHeaders.Builder headers, JsonNode fields) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      for (JsonNode value : field.getValue()) {
        headers.add(field.getKey(), value.textValue());
      }
    }
  }

  static void putSingle(HttpHeaders headers, ObjectNode fields) {
    for (String name : headers.asMap().keySet()) {
      fields.put(name, headers.get(name).orElse(""));
    }
  }

  /** Removes the stage from a path that begins with it. */
  static String withoutStage(String path, String stage) {
    if (stage != null && path.startsWith("/" + stage + "/")) {
      return path.substring(stage.length() + 1);
    }
    return stage != null && path.equals("/" + stage) ? "/" : path;
  }

  /** The last element of a list of addresses, one from each proxy; null if there is no list. */
  static @Nullable String last(@Nullable String list) {
    return list == null ? null : list.substring(list.lastIndexOf(',') + 1).strip();
  }

  /** The text of a node, or a fallback if the node is not text. */
  static String text(JsonNode node, String fallback) {
    return node.isTextual() ? node.textValue() : fallback;
  }
}
