package dev.statelessmcp.lambda.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.EventShape;
import dev.statelessmcp.lambda.Invocation;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.SharedEvents;
import dev.statelessmcp.lambda.TestContext;
import dev.statelessmcp.lambda.TestFunction;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A typed event is answered as the same event is untyped. */
class TypedEventsTest {
  private static final String LEGACY =
      "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\","
          + "\"arguments\":{\"message\":\"héllo €\"}}}";
  private static final String MODERN = LEGACY.replace(
      "}}}",
      "},\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
          + "\"io.modelcontextprotocol/clientCapabilities\":{}}}}");

  record Say(String message) {}

  private static final McpServer SERVER = McpServer.named("test", "1")
      .tool(Tool.of(
          "echo",
          "",
          Say.class,
          (say, call) -> ToolResult.text("Echo: " + say.message() + known(call))))
      .build();
  private static final LambdaSettings SETTINGS = LambdaSettings.defaults().path("/echo/mcp");
  private static final TestFunction UNTYPED = new TestFunction(SERVER, SETTINGS);
  private static final TypedFunctions TYPED = new TypedFunctions(SERVER, SETTINGS);

  /** Everything that a handler can know of an event. */
  private static String known(ToolCall call) {
    Caller caller = call.caller();
    Map<String, String> claims = new TreeMap<>();
    caller.claims().properties().forEach(claim -> {
      claims.put(claim.getKey(), sorted(claim.getValue()));
    });
    Invocation invocation = call.attributes().get(Invocation.class).orElseThrow();
    return String.join(
        ", ",
        " by " + caller.principal(),
        "" + new TreeSet<>(caller.scopes()),
        "" + claims,
        "" + invocation.source(),
        "" + invocation.sourceIp(),
        "" + invocation.gatewayRequestId(),
        "" + call.headers());
  }

  private static String sorted(JsonNode value) {
    if (!value.isObject()) {
      return Json.text(value);
    }
    Map<String, String> members = new TreeMap<>();
    value.properties().forEach(member -> members.put(member.getKey(), sorted(member.getValue())));
    return members.toString();
  }

  private static ObjectNode event(EventShape shape, boolean modern) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Host", "api.example.com");
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json, text/event-stream");
    if (modern) {
      headers.put("MCP-Protocol-Version", "2026-07-28");
      headers.put("Mcp-Method", "tools/call");
      headers.put("Mcp-Name", "echo");
    }
    return shape.event("POST", "/echo/mcp", headers, modern ? MODERN : LEGACY);
  }

  /** The answer, which must be the one to the untyped event. */
  private static JsonNode answer(JsonNode event) {
    JsonNode answer = TYPED.invoke(event);
    assertEquals(UNTYPED.invoke(event), answer);
    return answer;
  }

  private static String body(JsonNode answer) {
    return answer.get("body").textValue();
  }

  @TestFactory
  Stream<DynamicTest> ofRealSendersAreAnsweredAsUntypedOnes() throws IOException {
    Path folder = SharedEvents.folder();
    Assumptions.assumeTrue(folder != null, "no collection of events beside the project");
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.sorted().toList();
    }
    return files.stream()
        .filter(file -> SharedEvents.name(file).matches("(rest|http|function|alb)-.*"))
        // The class of the event has no client certificate
        .filter(file -> !SharedEvents.name(file).equals("http-v2-mtls"))
        .map(file -> DynamicTest.dynamicTest(
            SharedEvents.name(file), () -> answer(Json.parse(Files.readString(file)))));
  }

  @ParameterizedTest
  @EnumSource(value = EventShape.class, mode = EnumSource.Mode.MATCH_NONE, names = "LATTICE.*")
  void bothErasAreServed(EventShape shape) {
    for (boolean modern : new boolean[] {false, true}) {
      JsonNode answer = answer(event(shape, modern));
      assertEquals(200, answer.get("statusCode").intValue(), answer::toString);
      assertTrue(body(answer).contains("Echo: héllo €"), answer::toString);
      assertEquals(modern, body(answer).contains("resultType"), answer::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(value = EventShape.class, mode = EnumSource.Mode.MATCH_NONE, names = "LATTICE.*")
  void withAContextTheyAreServedOnASeparateThread(EventShape shape) {
    JsonNode event = event(shape, true);
    assertEquals(answer(event), TYPED.invoke(event, new TestContext()));
  }

  @ParameterizedTest
  @EnumSource(value = EventShape.class, mode = EnumSource.Mode.MATCH_NONE, names = "LATTICE.*")
  void otherRequestIsAnsweredByItsStatus(EventShape shape) {
    String notification = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    Map<String, String> headers = Map.of("content-type", "application/json");
    JsonNode accepted = answer(shape.event("POST", "/echo/mcp", headers, notification));
    assertEquals(202, accepted.get("statusCode").intValue());
    assertEquals("", body(accepted));
    JsonNode got = answer(shape.event("GET", "/echo/mcp", Map.of(), ""));
    assertEquals(405, got.get("statusCode").intValue());
    assertEquals("POST, OPTIONS", shape.headers(got).get("allow"));
    JsonNode lost = answer(shape.event("POST", "/other", headers, LEGACY));
    assertEquals(404, lost.get("statusCode").intValue());
    ObjectNode garbage = shape.event("POST", "/echo/mcp", headers, "");
    JsonNode refused = answer(garbage.put("body", "%%").put("isBase64Encoded", true));
    assertEquals(400, refused.get("statusCode").intValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'claims':{'sub':'ann','scope':'a b','exp':'5'}}|by ann, [a, b]",
        "{'claims':{'sub':'ann'},'scopes':['x']}|by ann, [x]",
        "{'principalId':'bob','n':5,'big':99999999999999999999,'d':1.50,'ok':true,'no':null}|by bob",
        "{}|by ,"
      })
  void aRestApisAuthorizerNamesTheCaller(String authorizer, String expected) {
    for (EventShape shape : List.of(EventShape.REST_API, EventShape.HTTP_API_1)) {
      ObjectNode event = event(shape, true);
      ObjectNode context = event.withObjectProperty("requestContext");
      context.set("authorizer", Json.parse(authorizer.replace('\'', '"')));
      context.putObject("identity").put("sourceIp", "192.0.2.1");
      context.put("requestId", "r-1").put("requestTimeEpoch", 1795348800000L);
      String body = body(answer(event));
      assertTrue(body.contains(expected), body);
      assertTrue(body.contains("Optional[192.0.2.1], Optional[r-1]"), body);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'jwt':{'claims':{'sub':'ann','scope':'a b'},'scopes':null}}|by ann, [a, b]",
        "{'jwt':{'claims':{'sub':'ann'},'scopes':['x']}}|by ann, [x]",
        "{'lambda':{'principal':'bob','deep':[1,{'a':[2.5,null,true,'t']}]}}|by bob",
        "{'iam':{'userArn':'arn:x','userId':'u','callerId':'c','accountId':'1','principalOrgId':'o',"
            + "'cognitoIdentity':{'amr':['m'],'identityId':'i','identityPoolId':'p'}}}|by arn:x"
      })
  void anHttpApisAuthorizerNamesTheCaller(String authorizer, String expected) {
    for (EventShape shape : List.of(EventShape.HTTP_API_2, EventShape.FUNCTION_URL)) {
      ObjectNode event = event(shape, true);
      ObjectNode context = event.withObjectProperty("requestContext");
      context.set("authorizer", Json.parse(authorizer.replace('\'', '"')));
      String body = body(answer(event));
      assertTrue(body.contains(expected), body);
    }
  }

  @ParameterizedTest
  @CsvSource({"arn:aws:iam::1:user/x,by arn:aws:iam::1:user/x", ",by "})
  void iamOfARestApiNamesTheCaller(String arn, String expected) {
    ObjectNode event = event(EventShape.REST_API, true);
    ObjectNode context = event.withObjectProperty("requestContext");
    context.putObject("identity").put("userArn", arn).put("user", "u").put("accessKey", "k");
    String body = body(answer(event));
    assertTrue(body.contains(expected), body);
    assertFalse(body.contains("accessKey"), body);
  }

  @Test
  void aClientCertificateIsLostOnTheWayThroughTheClassOfTheEvent() {
    ObjectNode event = event(EventShape.HTTP_API_2, true);
    ObjectNode context = event.withObjectProperty("requestContext");
    context.putObject("authentication").putObject("clientCert").put("subjectDN", "CN=ann");
    assertTrue(body(UNTYPED.invoke(event)).contains("by CN=ann, "));
    assertTrue(body(TYPED.invoke(event)).contains("by , "));
  }

  @ParameterizedTest
  @EnumSource(value = EventShape.class, mode = EnumSource.Mode.MATCH_NONE, names = "LATTICE.*")
  void unauthorizedCallerGetsAChallenge(EventShape shape) {
    LambdaSettings settings =
        SETTINGS.authenticator(request -> Authenticator.unauthorized("Bearer realm=\"x\""));
    JsonNode event = event(shape, true);
    JsonNode answer = new TypedFunctions(SERVER, settings).invoke(event);
    assertEquals(new TestFunction(SERVER, settings).invoke(event), answer);
    assertEquals("Bearer realm=\"x\"", shape.headers(answer).get("www-authenticate"));
  }

  @Test
  void aLoadBalancersHeadersMayHaveSeveralValues() {
    ObjectNode event = event(EventShape.ALB_MULTI_VALUE, true);
    ObjectNode headers = event.withObjectProperty("multiValueHeaders");
    headers.putArray("x-forwarded-for").add("192.0.2.7").add("192.0.2.1").addNull();
    String body = body(answer(event));
    assertTrue(body.contains("Optional[192.0.2.1]"), body);
    HttpEvent asked = HttpEvent.of(event);
    HttpHeaders several = HttpHeaders.of("Vary", "Origin", "Vary", "Accept", "Allow", "POST");
    assertEquals(
        Map.of("vary", List.of("Origin", "Accept"), "allow", List.of("POST")),
        new LoadBalancerFormat()
            .write(asked.answer(405, several, new byte[0]))
            .getMultiValueHeaders());
  }
}
