package dev.statelessmcp.lambda.local.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each service makes of a request. */
class EventsTest {
  static final Map<String, EventFormat> ROUTED = Map.of(
      "rest", EventFormats.of("rest", new Gateway("dev", List.of("/echo/mcp"), List.of())),
      "http", EventFormats.of("http", new Gateway("dev", List.of("/echo/mcp"), List.of())),
      "http1", EventFormats.of("http1", new Gateway("dev", List.of("/echo/mcp"), List.of())));

  static EventFormat format(String name) {
    return EventFormats.of(name, new Gateway(null, List.of(), List.of()));
  }

  static ClientRequest request(String method, String path, String query, String body) {
    List<Header> headers = List.of(
        new Header("Host", "localhost:3000"),
        new Header("Content-type", "application/json; charset=utf-8"),
        new Header("Accept", "application/json"),
        new Header("accept", "text/event-stream"),
        new Header("Cookie", "a=1; b=2"));
    return new ClientRequest(
        method, path, query, "HTTP/1.1", headers, 200, body.getBytes(UTF_8), "127.0.0.1", 3000);
  }

  static JsonNode event(EventFormat format, ClientRequest request) throws Exception {
    byte[] bytes = format.event(request);
    return Json.parse(bytes, bytes.length);
  }

  @Test
  void aRestApiKeepsTheCaseAndBothFormsOfHeaders() throws Exception {
    JsonNode event =
        event(ROUTED.get("rest"), request("POST", "/dev/echo/mcp", "q=1&q=a%20b", "{\"ü\":1}"));
    assertEquals("/echo/mcp", event.at("/path").textValue());
    assertEquals("/dev/echo/mcp", event.at("/requestContext/path").textValue());
    assertEquals("/echo/mcp", event.at("/resource").textValue());
    assertEquals("dev", event.at("/requestContext/stage").textValue());
    assertEquals("text/event-stream", event.at("/headers/Accept").textValue());
    assertEquals(2, event.at("/multiValueHeaders/Accept").size());
    assertTrue(event.at("/headers").has("Content-type"));
    assertEquals("a b", event.at("/queryStringParameters/q").textValue());
    assertEquals(
        "[\"1\",\"a b\"]", event.at("/multiValueQueryStringParameters/q").toString());
    assertEquals("{\"ü\":1}", event.at("/body").textValue());
    assertEquals("127.0.0.1", event.at("/requestContext/identity/sourceIp").textValue());
    assertEquals("127.0.0.1", event.at("/headers/X-Forwarded-For").textValue());
    assertTrue(event.at("/requestContext/requestTimeEpoch").isIntegralNumber());
    assertTrue(event
        .at("/requestContext/requestTime")
        .textValue()
        .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000"));
  }

  @Test
  void aRestApiHasNullsWhereThereIsNothing() throws Exception {
    JsonNode event = event(ROUTED.get("rest"), request("GET", "/dev/echo/mcp/", null, ""));
    for (String name : List.of("body", "queryStringParameters", "pathParameters")) {
      assertTrue(event.path(name).isNull(), name);
    }
    assertEquals("/echo/mcp/", event.at("/path").textValue());
    assertEquals("/echo/mcp", event.at("/resource").textValue(), "the slash is no route");
    JsonNode below = event(ROUTED.get("rest"), request("GET", "/dev/echo/mcp/a/b", null, ""));
    assertEquals("/echo/mcp/{proxy+}", below.at("/resource").textValue());
    assertEquals("a/b", below.at("/pathParameters/proxy").textValue());
  }

  @Test
  void aRestApiEncodesTheBodiesOfItsBinaryTypes() throws Exception {
    EventFormat format = EventFormats.of("rest", new Gateway("dev", List.of(), List.of("*/*")));
    JsonNode event = event(format, request("POST", "/dev/x", null, "{}"));
    assertEquals("e30=", event.at("/body").textValue());
    assertTrue(event.at("/isBase64Encoded").booleanValue());
  }

  @Test
  void anHttpApiJoinsHeadersAndKeepsTheStage() throws Exception {
    JsonNode event = event(ROUTED.get("http"), request("POST", "/dev/echo/mcp/", "a=1&a=2", "{}"));
    assertEquals("/dev/echo/mcp/", event.at("/rawPath").textValue());
    assertEquals("ANY /echo/mcp/{proxy+}", event.at("/routeKey").textValue());
    assertEquals("", event.at("/pathParameters/proxy").textValue());
    assertEquals(
        "application/json,text/event-stream", event.at("/headers/accept").textValue());
    assertEquals("[\"a=1\",\"b=2\"]", event.at("/cookies").toString());
    assertFalse(event.at("/headers").has("cookie"));
    assertEquals("a=1&a=2", event.at("/rawQueryString").textValue());
    assertEquals("1,2", event.at("/queryStringParameters/a").textValue());
    assertEquals("dev", event.at("/requestContext/stage").textValue());
    JsonNode empty = event(format("http"), request("GET", "/x", null, ""));
    assertFalse(empty.has("body"));
    assertFalse(empty.has("queryStringParameters"));
    assertEquals("$default", empty.at("/requestContext/stage").textValue());
    assertEquals("$default", empty.at("/routeKey").textValue());
  }

  @Test
  void aFunctionUrlIsToldByItsDomain() throws Exception {
    JsonNode event = event(format("url"), request("POST", "/echo/mcp", null, "{}"));
    assertTrue(event.at("/requestContext/domainName").textValue().contains(".lambda-url."));
    assertEquals("{}", event.at("/body").textValue());
  }

  @Test
  void bodiesThatAreNotTextAreBase64() throws Exception {
    for (String name : List.of("http", "http1", "url", "alb", "lattice")) {
      ClientRequest json = request("POST", "/x", null, "{}");
      ClientRequest binary = new ClientRequest(
          "POST",
          "/x",
          null,
          "HTTP/1.1",
          List.of(new Header("Content-Type", "application/octet-stream")),
          9,
          new byte[] {-1, 0},
          "127.0.0.1",
          3000);
      assertFalse(event(format(name), json).at("/isBase64Encoded").booleanValue(), name);
      JsonNode event = event(format(name), binary);
      assertTrue(event.at("/isBase64Encoded").booleanValue(), name);
      assertEquals("/wA=", event.at("/body").textValue(), name);
    }
  }

  @Test
  void aLoadBalancerHasOneFormOfHeadersAndRawParameters() throws Exception {
    ClientRequest request = request("POST", "/echo/mcp", "q=a%20b", "");
    JsonNode single = event(format("alb"), request);
    assertEquals("text/event-stream", single.at("/headers/accept").textValue());
    assertFalse(single.has("multiValueHeaders"));
    assertEquals("a%20b", single.at("/queryStringParameters/q").textValue());
    assertEquals("", single.at("/body").textValue());
    JsonNode multi = event(format("alb-multi"), request);
    assertEquals(2, multi.at("/multiValueHeaders/accept").size());
    assertFalse(multi.has("headers"));
  }

  @Test
  void latticeHasListsOrStringsByItsVersion() throws Exception {
    ClientRequest request = request("POST", "/echo/mcp", "q=1", "{}");
    JsonNode second = event(format("lattice"), request);
    assertEquals(2, second.at("/headers/accept").size());
    assertEquals("[\"1\"]", second.at("/queryStringParameters/q").toString());
    JsonNode first = event(format("lattice1"), request);
    assertEquals(
        "application/json,text/event-stream", first.at("/headers/accept").textValue());
    assertEquals("/echo/mcp", first.at("/raw_path").textValue());
    assertFalse(first.at("/is_base64_encoded").booleanValue());
  }

  @Test
  void apisRefuseWhatTheyDoNotRoute() {
    assertRefused("rest", "/dev/other", 403, "Missing Authentication Token");
    assertRefused("rest", "/echo/mcp", 403, "Forbidden");
    assertRefused("rest", "/dev/echo/mcpx", 403, "Missing Authentication Token");
    assertRefused("http", "/dev/other", 404, "Not Found");
    assertRefused("http1", "/echo/mcp", 404, "Not Found");
    for (EventFormat format : ROUTED.values()) {
      for (String path : List.of("/dev/echo/mcp", "/dev/echo/mcp/", "/dev/echo/mcp/x")) {
        assertTrue(format.refusal(request("GET", path, null, "")).isEmpty(), path);
      }
    }
    ClientRequest large = new ClientRequest(
        "GET", "/x", null, "HTTP/1.1", List.of(), 10_241, new byte[0], "127.0.0.1", 1);
    assertEquals(431, format("http").refusal(large).orElseThrow().status());
    assertTrue(format("url").refusal(large).isEmpty());
  }

  private static void assertRefused(String format, String path, int status, String message) {
    GatewayResponse refusal =
        ROUTED.get(format).refusal(request("POST", path, null, "")).orElseThrow();
    assertEquals(status, refusal.status());
    assertEquals("{\"message\":\"" + message + "\"}", new String(refusal.body(), UTF_8));
  }
}
