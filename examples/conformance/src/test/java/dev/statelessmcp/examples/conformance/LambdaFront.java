package dev.statelessmcp.examples.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.statelessmcp.examples.lambdalocal.Invocation;
import dev.statelessmcp.examples.lambdalocal.LambdaProcess;
import dev.statelessmcp.json.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * What API Gateway does, as far as the suite can tell: makes an event of each HTTP request, invokes
 * the packaged function with it, and makes an HTTP response of the answer. The function is one
 * process behind AWS's runtime interface client, and takes one event at a time.
 *
 * <p>Like API Gateway it answers only when the function has ended, so nothing streams.
 */
final class LambdaFront {
  private static final String USAGE = "conformance: --event rest|http --zip FILE";
  private static final String STAGE = "test";
  private static final byte[] BAD_GATEWAY =
      "{\"message\":\"Internal server error\"}".getBytes(StandardCharsets.UTF_8);

  /** Not the function itself, which could not be closed during an event then. */
  private final Object oneAtATime = new Object();

  private final LambdaProcess function;
  private final boolean rest;

  private LambdaFront(LambdaProcess function, boolean rest) {
    this.function = function;
    this.rest = rest;
  }

  /**
   * Runs until it is killed.
   *
   * @param arguments {@code --event rest|http --zip FILE}
   */
  public static void main(String[] arguments) throws IOException {
    List<String> options = Arrays.asList(arguments);
    String event = valueOf("--event", options);
    String zip = valueOf("--zip", options);
    if (zip == null || event == null || !List.of("rest", "http").contains(event)) {
      System.err.println(USAGE);
      System.exit(2);
    }
    // Without it each answer waits for the acknowledgement of its headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    LambdaProcess function = LambdaProcess.of(Path.of(zip), ConformanceLambda.class.getName())
        .environment("MCP_PATH", "/mcp") // so that a stage left on the path is noticed
        .start();
    Runtime.getRuntime().addShutdownHook(new Thread(function::close, "stop"));
    LambdaFront front = new LambdaFront(function, event.equals("rest"));
    HttpServer http = HttpServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    http.createContext("/", front::serve);
    http.setExecutor(Executors.newCachedThreadPool());
    http.start();
    System.err.println(
        "conformance: listening on http://127.0.0.1:" + http.getAddress().getPort() + "/mcp");
  }

  private static String valueOf(String name, List<String> options) {
    int at = options.indexOf(name);
    return at >= 0 && at + 1 < options.size() ? options.get(at + 1) : null;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] event = Json.write(event(exchange, exchange.getRequestBody().readAllBytes()));
      Invocation ended;
      synchronized (oneAtATime) { // an execution environment has one event at a time
        ended = function.invoke(event);
      }
      if (ended.isError()) {
        System.err.println("conformance: " + ended);
        send(exchange, 502, BAD_GATEWAY);
      } else {
        answer(exchange, Json.parse(ended.text()));
      }
    } catch (RuntimeException e) { // the function's process has ended, or answered no such thing
      e.printStackTrace();
      throw e;
    }
  }

  private ObjectNode event(HttpExchange exchange, byte[] body) {
    ObjectNode event = rest ? restEvent(exchange) : httpEvent(exchange);
    if (body.length > 0) {
      // A REST API hands over text unless told otherwise, an HTTP API Base64 unless it knows text.
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      boolean text = rest || (type != null && type.toLowerCase(Locale.ROOT).contains("json"));
      event.put(
          "body",
          text
              ? new String(body, StandardCharsets.UTF_8)
              : Base64.getEncoder().encodeToString(body));
      event.put("isBase64Encoded", !text);
    } else {
      event.put("isBase64Encoded", false);
      if (rest) {
        event.putNull("body");
      }
    }
    return event;
  }

  /** Payload 1.0, of a REST API with a greedy route. */
  private static ObjectNode restEvent(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    ObjectNode event = Json.object()
        .put("resource", "/{proxy+}")
        .put("path", uri.getPath())
        .put("httpMethod", exchange.getRequestMethod());
    ObjectNode last = event.putObject("headers");
    ObjectNode all = event.putObject("multiValueHeaders");
    exchange.getRequestHeaders().forEach((name, values) -> {
      last.put(name, values.get(values.size() - 1));
      ArrayNode list = all.putArray(name);
      values.forEach(list::add);
    });
    event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
    event.putObject("pathParameters").put("proxy", uri.getPath().substring(1));
    event.putNull("stageVariables");
    ObjectNode context = event.putObject("requestContext");
    context
        .put("apiId", "front")
        .put("httpMethod", exchange.getRequestMethod())
        .put("path", "/" + STAGE + uri.getPath())
        .put("protocol", exchange.getProtocol())
        .put("resourcePath", "/{proxy+}")
        .put("stage", STAGE)
        .putObject("identity")
        .put("sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress());
    return event;
  }

  /** Payload 2.0, of an HTTP API with a stage and the default route. */
  private static ObjectNode httpEvent(HttpExchange exchange) {
    URI uri = exchange.getRequestURI();
    String path = "/" + STAGE + uri.getPath();
    String query = uri.getRawQuery();
    ObjectNode event = Json.object()
        .put("version", "2.0")
        .put("routeKey", "$default")
        .put("rawPath", path)
        .put("rawQueryString", query == null ? "" : query);
    ObjectNode headers = event.putObject("headers");
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
    ObjectNode context = event.putObject("requestContext");
    context
        .put("apiId", "front")
        .put("routeKey", "$default")
        .put("stage", STAGE)
        .putObject("http")
        .put("method", exchange.getRequestMethod())
        .put("path", path)
        .put("protocol", exchange.getProtocol())
        .put("sourceIp", exchange.getRemoteAddress().getAddress().getHostAddress());
    return event;
  }

  private static void answer(HttpExchange exchange, JsonNode answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    for (Map.Entry<String, JsonNode> field : answer.path("headers").properties()) {
      headers.set(field.getKey(), field.getValue().asText());
    }
    String body = answer.path("body").asText("");
    boolean binary = answer.path("isBase64Encoded").asBoolean();
    send(
        exchange,
        answer.path("statusCode").asInt(),
        binary ? Base64.getDecoder().decode(body) : body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
