package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.testing.Probe;
import dev.statelessmcp.testing.SilentLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is beside the endpoint, with stages and base paths, and content that is compressed. */
@ExtendWith(SilentLog.class)
class AddressesTest {
  private static final String ENDPOINT = "/echo/mcp";

  private static final Authenticator NOBODY = request -> Authenticator.unauthorized("Bearer");

  private static final List<TestFunction> FUNCTIONS = List.of(
      function(LambdaSettings.defaults()),
      function(LambdaSettings.defaults().authenticator(NOBODY)),
      function(LambdaSettings.defaults().path(ENDPOINT)),
      function(LambdaSettings.defaults().path(ENDPOINT).authenticator(NOBODY)));

  private static TestFunction function(LambdaSettings settings) {
    return new TestFunction(FixtureServer.create(), settings);
  }

  private static Map<String, String> headers(Probe probe) {
    Map<String, String> headers = new HashMap<>(probe.headers());
    headers.put("Host", "api.example.com");
    return headers;
  }

  private static void check(Probe probe, EventShape shape, JsonNode event) {
    for (TestFunction function : FUNCTIONS) {
      JsonNode answer = function.invoke(event);
      probe.check(
          answer.get("statusCode").intValue(),
          shape.headers(answer),
          answer.get("body").textValue());
    }
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void probesForAnAuthorizationServerFindNothing(EventShape shape) {
    for (Probe probe : Probe.all(ENDPOINT)) {
      check(
          probe, shape, shape.event(probe.method(), probe.path(), headers(probe), probe.content()));
    }
  }

  /** A custom domain puts its base path before the path, and has no stage in it. */
  @Test
  void probesBehindABasePathFindNothing() {
    for (Probe probe : Probe.all(ENDPOINT)) {
      for (EventShape shape : List.of(EventShape.REST_API, EventShape.HTTP_API_1)) {
        ObjectNode event =
            shape.event(probe.method(), probe.path(), headers(probe), probe.content());
        check(probe, shape, event.put("path", "/tools" + probe.path()));
      }
      ObjectNode event = EventShape.HTTP_API_2.event(
          probe.method(), probe.path(), headers(probe), probe.content());
      event.withObjectProperty("requestContext").put("stage", "$default");
      check(probe, EventShape.HTTP_API_2, event.put("rawPath", "/tools" + probe.path()));
    }
  }

  /** A console test of a REST API has no resource; the path has no stage then. */
  @Test
  void probesOfAnEventWithoutAResourceFindNothing() {
    for (Probe probe : Probe.all(ENDPOINT)) {
      ObjectNode event =
          EventShape.REST_API.event(probe.method(), probe.path(), headers(probe), probe.content());
      event.remove(List.of("resource", "pathParameters"));
      check(probe, EventShape.REST_API, event);
      check(probe, EventShape.REST_API, event.put("path", "/dev" + probe.path()));
    }
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void everyOtherPathIsTheEndpointOfAFunctionWithoutOne(EventShape shape) {
    Map<String, String> headers =
        Map.of("Host", "api.example.com", "Content-Type", "application/json");
    String ping = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    for (String path :
        List.of("/mcp", "/mcp/", ENDPOINT, "/well-known/x", "/tokens", "/x/registered")) {
      JsonNode answer = FUNCTIONS.get(0).invoke(shape.event("POST", path, headers, ping));
      assertEquals(200, answer.get("statusCode").intValue(), path);
    }
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void compressedContentIsRefused(EventShape shape) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}".getBytes(StandardCharsets.UTF_8));
    }
    Map<String, String> headers = Map.of(
        "Host", "api.example.com", "Content-Type", "application/json", "Content-Encoding", "gzip");
    ObjectNode event = shape.event("POST", ENDPOINT, headers, "");
    event.put("body", Base64.getEncoder().encodeToString(compressed.toByteArray()));
    JsonNode answer = FUNCTIONS.get(0).invoke(shape.asBase64(event));
    assertEquals(415, answer.get("statusCode").intValue(), answer::toString);
    assertEquals("identity", shape.headers(answer).get("accept-encoding"));
    JsonNode error = Json.parse(answer.get("body").textValue()).at("/error/message");
    assertTrue(error.textValue().contains("Content-Encoding"), answer::toString);
  }
}
