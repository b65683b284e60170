package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What HTTP APIs and function URLs have in common: payload 2.0. */
final class Version2 {
  private Version2() {}

  /**
   * The event.
   *
   * @param request with the headers that the service adds
   * @param binary whether the body is base64
   */
  static ObjectNode event(ClientRequest request, String routeKey, boolean binary) {
    ObjectNode event = Json.object()
        .put("version", "2.0")
        .put("routeKey", routeKey)
        .put("rawPath", request.path())
        .put("rawQueryString", request.query() == null ? "" : request.query());
    Map<String, List<String>> headers = request.headersInLowerCase();
    List<String> cookies = headers.remove("cookie");
    if (cookies != null) {
      var list = event.putArray("cookies");
      cookies.forEach(line -> List.of(line.split("; *", -1)).forEach(list::add));
    }
    Json.putAll(event.putObject("headers"), headers, Json::joined);
    Map<String, List<String>> query = Query.decoded(request.query());
    if (!query.isEmpty()) {
      Json.putAll(event.putObject("queryStringParameters"), query, Json::joined);
    }
    if (request.body().length > 0) {
      event.put("body", Bodies.text(request, binary));
    }
    return event.put("isBase64Encoded", binary);
  }

  /** Adds the context; the domain follows from the API's id. */
  static ObjectNode addContext(
      ObjectNode event, ClientRequest request, String account, String api, String stage) {
    Instant now = Instant.now();
    ObjectNode context = event
        .putObject("requestContext")
        .put("accountId", account)
        .put("apiId", api)
        .put("domainPrefix", api);
    context
        .putObject("http")
        .put("method", request.method())
        .put("path", request.path())
        .put("protocol", request.version())
        .put("sourceIp", request.sourceIp())
        .put("userAgent", request.header("User-Agent"));
    return context
        .put("requestId", Version1Context.requestId())
        .put("routeKey", event.path("routeKey").textValue())
        .put("stage", stage)
        .put("time", Version1Context.time(now))
        .put("timeEpoch", now.toEpochMilli());
  }

  /** The answer; a result without a status is the body of a 200. */
  static GatewayResponse answer(byte[] payload, String defaultType)
      throws MalformedAnswerException {
    var tree = Json.parse(payload, payload.length);
    Result result = new Result(tree);
    if (!tree.isObject() || !result.has("statusCode")) {
      byte[] body = tree.isTextual()
          ? tree.textValue().getBytes(java.nio.charset.StandardCharsets.UTF_8)
          : payload;
      return new GatewayResponse(
          200, List.of(new Header("Content-Type", "application/json")), body);
    }
    byte[] body = result.body(true);
    List<Header> headers = new ArrayList<>(result.headers());
    headers.addAll(result.cookies());
    return new GatewayResponse(
        result.status(), Result.withDefaultType(headers, defaultType, body), body);
  }
}
