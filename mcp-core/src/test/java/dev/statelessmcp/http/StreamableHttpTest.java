package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.subscription.Registration;
import dev.statelessmcp.testing.Probe;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The checks before a handler, their order, and the status of every answer. */
@Timeout(30)
@ExtendWith(SilentLog.class)
class StreamableHttpTest {
  private static final String META = "\"_meta\":{"
      + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
      + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
  private static final String LEGACY_PING = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";

  record Nothing() {}

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch leave = new CountDownLatch(1);

  private final McpServer server = McpServer.named("n", "1")
      .tool(Tool.of(
          "whoami",
          "d",
          Nothing.class,
          (nothing, call) ->
              ToolResult.text(call.caller().principal() + " " + call.headers().get("x-trace"))))
      .tool(Tool.of("waits", "d", Nothing.class, (nothing, call) -> {
        entered.countDown();
        leave.await();
        return ToolResult.text("waited");
      }))
      .tool(Tool.of("throws", "d", Nothing.class, (nothing, call) -> {
        throw new McpException(ErrorCode.METHOD_NOT_FOUND, "looks like the protocol's own");
      }))
      .tool(Tool.of("needs", "d", Nothing.class, (nothing, call) -> {
        throw new McpException(ErrorCode.MISSING_REQUIRED_CLIENT_CAPABILITY, "elicitation");
      }))
      .build();

  /** One request in the making; modern, as a client should send it, until told otherwise. */
  private static final class Request {
    private String method = "POST";
    private String path = "/mcp";
    private final Map<String, String> headers = new LinkedHashMap<>();
    private String body;
    private HttpRequest.Body source;

    Request() {
      header("Host", "localhost:8080");
      header("Content-Type", "application/json");
      header("Accept", "application/json, text/event-stream");
      header("MCP-Protocol-Version", "2026-07-28");
      call("server/discover", null, META);
    }

    Request header(String name, String value) {
      headers.put(name, value);
      return this;
    }

    Request method(String newMethod) {
      method = newMethod;
      return this;
    }

    Request path(String newPath) {
      path = newPath;
      return this;
    }

    Request body(String newBody) {
      body = newBody;
      return this;
    }

    Request source(HttpRequest.Body newSource) {
      source = newSource;
      return this;
    }

    Request call(String rpcMethod, String name, String params) {
      header("Mcp-Method", rpcMethod);
      header("Mcp-Name", name);
      String named = name == null ? "" : "\"name\":\"" + name + "\",";
      return body("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + rpcMethod + "\",\"params\":{"
          + named + params + "}}");
    }

    Request tool(String name) {
      return call("tools/call", name, META);
    }

    Request legacy(String version, String newBody) {
      return header("MCP-Protocol-Version", version)
          .header("Mcp-Method", null)
          .header("Mcp-Name", null)
          .body(newBody);
    }

    FakeReply to(StreamableHttp endpoint, FakeReply reply) throws IOException {
      HttpHeaders.Builder fields = HttpHeaders.builder();
      headers.forEach(fields::add);
      HttpRequest.Body content =
          source != null ? source : HttpRequest.Body.of(body.getBytes(StandardCharsets.UTF_8));
      endpoint.handle(new HttpRequest(method, path, fields.build(), content), reply);
      assertTrue(reply.closed);
      return reply;
    }

    FakeReply to(StreamableHttp endpoint) throws IOException {
      return to(endpoint, new FakeReply());
    }
  }

  @AfterEach
  void releaseCalls() {
    leave.countDown();
  }

  private StreamableHttp.Builder at(String path) {
    return StreamableHttp.builder(server).path(path);
  }

  private StreamableHttp endpoint() {
    return at("/mcp").build();
  }

  private static HttpRequest.Body unread() {
    return max -> {
      throw new AssertionError("the body was read");
    };
  }

  private static void assertError(int status, int code, String message, FakeReply reply) {
    assertEquals(status, reply.status, reply.body());
    assertEquals("application/json", reply.header("Content-Type"));
    assertTrue(reply.body().contains("\"error\":{\"code\":" + code + ","), reply.body());
    assertTrue(reply.body().contains(message), reply.body());
  }

  @Test
  void modernRequestIsAnsweredWithJson() throws IOException {
    FakeReply reply = new Request().to(endpoint());
    assertEquals(200, reply.status);
    assertEquals("application/json", reply.header("Content-Type"));
    assertTrue(reply.body().startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{"), reply.body());
    assertNull(reply.header("Access-Control-Allow-Origin"));
    assertNull(reply.header("Mcp-Session-Id"));
    assertFalse(reply.streaming);
  }

  @ParameterizedTest
  @CsvSource({
    "/mcp, /mcp, true",
    "/mcp, /mcp/, true",
    "/mcp/, /mcp, true",
    "/mcp/, /mcp//, true",
    "/mcp, /, false",
    "/mcp, /mcpx, false",
    "/mcp, /mcp/x, false",
    "/mcp, /MCP, false",
    "/, /, true",
    "/, /x, false",
    "/a/b, /a/b/, true",
    ", /anything, true",
    ", /, true"
  })
  void pathIsTheSameWithAndWithoutASlashAtItsEnd(String path, String asked, boolean found)
      throws IOException {
    StreamableHttp endpoint = at(path).build();
    assertEquals(found, endpoint.isAt(asked));
    assertEquals(found ? 200 : 404, new Request().path(asked).to(endpoint).status);
  }

  private static Request probe(Probe probe) {
    Request request = new Request()
        .method(probe.method())
        .path(probe.path())
        .header("MCP-Protocol-Version", null)
        .header("Content-Type", null)
        .body(probe.content());
    probe.headers().forEach(request::header);
    return request;
  }

  /** With every answer of the authenticator, with and without a path of the endpoint. */
  @Test
  void probesForAnAuthorizationServerFindNothing() throws IOException {
    for (StreamableHttp.Builder builder : List.of(at("/mcp"), at(null))) {
      AtomicInteger asked = new AtomicInteger();
      StreamableHttp endpoint = builder
          .authenticator(request -> {
            asked.incrementAndGet();
            return Authenticator.unauthorized("Bearer");
          })
          .build();
      for (Probe probe : Probe.all("/mcp")) {
        assertFalse(endpoint.isAt(probe.path()), probe::path);
        for (String host : List.of("localhost", "evil.com")) {
          FakeReply reply = probe(probe).header("Host", host).to(endpoint);
          probe.check(
              reply.status, Map.of("content-type", reply.header("Content-Type")), reply.body());
        }
      }
      assertEquals(0, asked.get());
    }
  }

  @Test
  void pagesOfAllowedOriginsCanReadThatAProbeFindsNothing() throws IOException {
    String path = "/.well-known/oauth-protected-resource/mcp";
    Request get = new Request().method("GET").path(path).header("Origin", "http://localhost:3000");
    for (StreamableHttp endpoint : List.of(at("/mcp").build(), at(null).build())) {
      FakeReply reply = get.method("GET").to(endpoint);
      assertEquals(404, reply.status);
      assertEquals("http://localhost:3000", reply.header("Access-Control-Allow-Origin"));
      assertEquals("Origin", reply.header("Vary"));
      FakeReply preflight = get.method("OPTIONS")
          .header("Access-Control-Request-Method", "GET")
          .header("Access-Control-Request-Headers", "mcp-protocol-version")
          .to(endpoint);
      assertEquals(204, preflight.status);
      assertEquals("http://localhost:3000", preflight.header("Access-Control-Allow-Origin"));
      assertTrue(preflight.header("Access-Control-Allow-Methods").contains("GET"));
      assertTrue(preflight.header("Access-Control-Allow-Headers").contains("MCP-Protocol-Version"));
    }
    FakeReply evil = get.header("Origin", "https://evil.com").to(at(null).build());
    assertEquals(404, evil.status);
    assertNull(evil.header("Access-Control-Allow-Origin"));
  }

  @Test
  void anotherPathIsNotFoundAndSaysWhereTheEndpointIs() throws IOException {
    FakeReply reply = new Request().path("/other").to(at("/mcp").build());
    assertEquals(404, reply.status);
    assertEquals(
        "{\"error\":\"not_found\",\"error_description\":"
            + "\"There is no MCP endpoint at /other; it is at /mcp\"}",
        reply.body());
  }

  @Test
  void pathBeginsWithASlash() {
    StreamableHttp.Builder builder = StreamableHttp.builder(server);
    assertThrows(IllegalArgumentException.class, () -> builder.path("mcp"));
    assertThrows(IllegalArgumentException.class, () -> builder.path(""));
    assertThrows(IllegalArgumentException.class, () -> builder.maxConcurrentCalls(0));
  }

  /** Each breaks the rules from its own to the last, so the first one broken must answer. */
  @ParameterizedTest
  @CsvSource({
    "path, 404",
    "host, 403",
    "origin, 403",
    "authenticator, 401",
    "method, 405",
    "content type, 415",
    "accept, 406",
    "size, 413"
  })
  void checksComeInTheirOrderAndNothingIsReadBefore(String first, int status) throws IOException {
    List<String> order = List.of(
        "path", "host", "origin", "authenticator", "method", "content type", "accept", "size");
    int from = order.indexOf(first);
    AtomicInteger asked = new AtomicInteger();
    StreamableHttp endpoint = at("/mcp")
        .authenticator(request -> {
          asked.incrementAndGet();
          return from <= 3
              ? Authenticator.unauthorized("Bearer")
              : Authenticator.accepted(Caller.ANONYMOUS);
        })
        .build();
    Request request = new Request()
        .path(from <= 0 ? "/elsewhere" : "/mcp")
        .header("Host", from <= 1 ? "evil.com" : "localhost")
        .header("Origin", from <= 2 ? "https://evil.com" : null)
        .method(from <= 4 ? "GET" : "POST")
        .header("Content-Type", from <= 5 ? "text/plain" : "application/json")
        .header("Accept", from <= 6 ? "text/html" : "*/*")
        .source(from < 7 ? unread() : max -> null);
    FakeReply reply = request.to(endpoint);
    assertEquals(status, reply.status);
    assertEquals(from < 3 ? 0 : 1, asked.get());
    assertFalse(reply.body().contains("\"id\""), reply.body());
  }

  @Test
  void headersAreComparedWithTheBodyBeforeTheProtocolsOwnRules() throws IOException {
    Request request = new Request()
        .call(
            "no/such",
            null,
            "\"_meta\":{" + "\"io.modelcontextprotocol/protocolVersion\":\"2099-01-01\"}");
    assertError(400, -32020, "2099-01-01", request.to(endpoint()));
    request.header("MCP-Protocol-Version", "2099-01-01");
    assertError(400, -32022, "\"supported\":[\"2026-07-28\"]", request.to(endpoint()));
  }

  @Test
  void bodyOverTheLimitIs413() throws IOException {
    StreamableHttp endpoint =
        at("/mcp").limits(JsonLimits.DEFAULT.withMaxBytes(300)).build();
    String message = new Request().body;
    String padded = message + " ".repeat(300 - message.length());
    assertEquals(200, new Request().body(padded).to(endpoint).status);
    FakeReply reply = new Request().body(padded + " ").to(endpoint);
    assertError(413, -32600, "larger than 300 bytes", reply);
  }

  @Test
  void bodyThatDidNotArriveIsNotAnswered() {
    FakeReply reply = new FakeReply();
    Request request = new Request().source(max -> {
      throw new IOException("reset");
    });
    StreamableHttp endpoint = endpoint();
    assertThrows(IOException.class, () -> request.to(endpoint, reply));
    assertEquals(0, reply.status);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          {"jsonrpc": | -32700 | Parse error
          '' | -32700 | the text is empty
          {"a":1e99999999999} | -32700 | Parse error
          {"jsonrpc":"2.0","id":1} | -32600 | method is required
          [] | -32600 | a batch must have at least one message
          {"jsonrpc":"2.0","id":1,"method":"m","params":[]} | -32602 | params must be an object
          """)
  void invalidMessageIs400(String body, int code, String message) throws IOException {
    assertError(400, code, message, new Request().body(body).to(endpoint()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "DELETE", "PUT", "HEAD", "PATCH", "post"})
  void otherMethodsAre405(String method) throws IOException {
    FakeReply reply = new Request().method(method).source(unread()).to(endpoint());
    assertEquals(405, reply.status);
    assertEquals("POST, OPTIONS", reply.header("Allow"));
  }

  @Test
  void wrongMediaTypesSayWhatIsWanted() throws IOException {
    assertError(
        415,
        -32600,
        "not text/plain",
        new Request().header("Content-Type", "text/plain").to(endpoint()));
    assertError(
        415, -32600, "is required", new Request().header("Content-Type", null).to(endpoint()));
    assertError(
        406,
        -32600,
        "not text/html",
        new Request().header("Accept", "text/html").to(endpoint()));
    assertEquals(200, new Request().header("Accept", null).to(endpoint()).status);
  }

  @Test
  void authenticatorsCallerReachesTheTool() throws IOException {
    StreamableHttp endpoint = at("/mcp")
        .authenticator(request -> Authenticator.accepted(Caller.of("me")))
        .build();
    FakeReply reply = new Request().tool("whoami").header("X-Trace", "7").to(endpoint);
    assertTrue(reply.body().contains("me [7]"), reply.body());
  }

  @Test
  void unauthorizedIs401WithItsChallenge() throws IOException {
    StreamableHttp endpoint = at("/mcp")
        .authenticator(request -> Authenticator.unauthorized("Bearer x=\"y\""))
        .build();
    FakeReply reply =
        new Request().header("Origin", "http://localhost:3000").source(unread()).to(endpoint);
    assertError(401, -32600, "Unauthorized", reply);
    assertEquals("Bearer x=\"y\"", reply.header("WWW-Authenticate"));
    assertEquals("http://localhost:3000", reply.header("Access-Control-Allow-Origin"));
  }

  @Test
  void forbiddenIs403WithItsReasonAndChallenge() throws IOException {
    String challenge = "Bearer error=\"insufficient_scope\"";
    StreamableHttp endpoint = at("/mcp")
        .authenticator(request -> Authenticator.forbidden("scope missing", challenge))
        .build();
    FakeReply reply = new Request().source(unread()).to(endpoint);
    assertError(403, -32600, "Forbidden: scope missing", reply);
    assertEquals(challenge, reply.header("WWW-Authenticate"));
    StreamableHttp without =
        at("/mcp").authenticator(request -> Authenticator.forbidden("no", null)).build();
    assertNull(new Request().to(without).header("WWW-Authenticate"));
  }

  /** A page must see the challenge to ask its user for more scopes. */
  @Test
  void forbiddenCanBeReadByAPageOfAnAllowedOrigin() throws IOException {
    StreamableHttp endpoint = at("/mcp")
        .authenticator(request -> Authenticator.forbidden("no", "Bearer"))
        .build();
    FakeReply reply = new Request().header("Origin", "http://localhost:3000").to(endpoint);
    assertEquals(403, reply.status);
    assertEquals("http://localhost:3000", reply.header("Access-Control-Allow-Origin"));
  }

  @Test
  void authenticatorThatFailsIs500WithoutItsMessage() throws IOException {
    for (Authenticator failing : List.<Authenticator>of(
        request -> {
          throw new IllegalStateException("secret");
        },
        request -> null)) {
      FakeReply reply =
          new Request().source(unread()).to(at("/mcp").authenticator(failing).build());
      assertError(500, -32603, "Internal error", reply);
      assertFalse(reply.body().contains("secret"), reply.body());
    }
  }

  @Test
  void preflightIsAnsweredWithoutAskingTheAuthenticator() throws IOException {
    StreamableHttp endpoint = at("/mcp")
        .authenticator(request -> {
          throw new AssertionError("asked");
        })
        .build();
    FakeReply reply = new Request()
        .method("OPTIONS")
        .header("Origin", "http://localhost:3000")
        .header("Access-Control-Request-Method", "POST")
        .header(
            "Access-Control-Request-Headers", "content-type, Mcp-Param-Region, x-evil, mcp-param-ä")
        .source(unread())
        .to(endpoint);
    assertEquals(204, reply.status);
    assertEquals("", reply.body());
    assertNull(reply.header("Content-Type"));
    assertEquals("http://localhost:3000", reply.header("Access-Control-Allow-Origin"));
    assertEquals("POST", reply.header("Access-Control-Allow-Methods"));
    assertEquals("Origin", reply.header("Vary"));
    assertNull(reply.header("Access-Control-Allow-Credentials"));
    List<String> allowed = List.of(
        reply.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT).split(", ", -1));
    for (String name : List.of(
        "content-type",
        "accept",
        "authorization",
        "mcp-protocol-version",
        "mcp-method",
        "mcp-name",
        "mcp-session-id",
        "last-event-id",
        "mcp-param-region")) {
      assertTrue(allowed.contains(name), name);
    }
    assertFalse(allowed.contains("x-evil"));
    assertFalse(allowed.contains("mcp-param-ä"));
  }

  @Test
  void preflightAllowsTheHeadersOfTheSettings() throws IOException {
    FakeReply reply = new Request()
        .method("OPTIONS")
        .header("Origin", "http://localhost:3000")
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "x-api-key")
        .to(at("/mcp").allowedHeaders(List.of("X-Api-Key", "x-tenant")).build());
    String allowed = reply.header("Access-Control-Allow-Headers");
    assertTrue(allowed.startsWith("Content-Type, "), allowed);
    assertTrue(allowed.endsWith(", X-Api-Key, x-tenant"), allowed);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "*", "a b", "a:", "a,b", "\u00e9", "a\r\nb"})
  void settingsOfHeadersThatNoPageCanSendAreRefused(String name) {
    StreamableHttp.Builder builder = at("/mcp");
    IllegalArgumentException e = assertThrows(
        IllegalArgumentException.class, () -> builder.allowedHeaders(List.of("x-fine", name)));
    assertTrue(e.getMessage().startsWith("allowedHeaders: "), e::getMessage);
  }

  @Test
  void preflightAllowsNoHeaderButItsOwnHoweverMuchIsAsked() throws IOException {
    FakeReply reply = new Request()
        .method("OPTIONS")
        .header("Origin", "http://localhost:3000")
        .header("Access-Control-Request-Method", "POST")
        .header("Access-Control-Request-Headers", "a,".repeat(49) + "mcp-param-x,x-evil")
        .to(endpoint());
    assertFalse(reply.header("Access-Control-Allow-Headers").contains("x-evil"));
  }

  @Test
  void preflightOfAnotherOriginIsRefused() throws IOException {
    FakeReply reply = new Request()
        .method("OPTIONS")
        .header("Origin", "https://evil.com")
        .header("Access-Control-Request-Method", "POST")
        .to(endpoint());
    assertError(403, -32600, "https://evil.com", reply);
    assertNull(reply.header("Access-Control-Allow-Origin"));
  }

  @Test
  void optionsWithoutPreflightHeadersIs405() throws IOException {
    assertEquals(405, new Request().method("OPTIONS").to(endpoint()).status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"200", "202", "400", "404", "406", "batch"})
  void everyAnswerToAnAllowedOriginCanBeReadByItsPage(String kind) throws IOException {
    Request request = new Request().header("Origin", "http://localhost:3000");
    switch (kind) {
      case "202" -> request.body("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}");
      case "400" -> request.body("{");
      case "404" -> request.call("no/such", null, META);
      case "406" -> request.header("Accept", "text/html");
      case "batch" -> request.legacy(null, "[" + LEGACY_PING + "]");
      default -> {}
    }
    FakeReply reply = request.to(endpoint());
    assertEquals(kind.equals("batch") ? 200 : Integer.parseInt(kind), reply.status);
    assertEquals("http://localhost:3000", reply.header("Access-Control-Allow-Origin"));
    assertEquals("Origin", reply.header("Vary"));
    String exposed = reply.header("Access-Control-Expose-Headers");
    for (String name : List.of("WWW-Authenticate", "Retry-After", "Mcp-Session-Id")) {
      assertTrue(exposed.contains(name), exposed);
    }
  }

  @Test
  void answerToARefusedOriginCanNotBeReadByItsPage() throws IOException {
    Request request = new Request().header("Origin", "https://evil.com");
    assertNull(request.to(endpoint()).header("Access-Control-Allow-Origin"));
    FakeReply elsewhere = request.path("/elsewhere").to(endpoint());
    assertEquals(404, elsewhere.status);
    assertNull(elsewhere.header("Access-Control-Allow-Origin"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
          MCP-Protocol-Version | - | the MCP-Protocol-Version header is required
          MCP-Protocol-Version | 2025-11-25 | MCP-Protocol-Version header value '2025-11-25' does not match body value '2026-07-28'
          MCP-Protocol-Version | 2099-01-01 | does not match
          Mcp-Method | - | the Mcp-Method header is required
          Mcp-Method | Tools/call | Mcp-Method header value 'Tools/call' does not match body value 'tools/call'
          Mcp-Method | tools/list | does not match
          Mcp-Method | tools/call, tools/list | does not match
          Mcp-Name | - | the Mcp-Name header is required
          Mcp-Name | '' | Mcp-Name header value '' does not match body value 'whoami'
          Mcp-Name | Whoami | does not match
          Mcp-Name | whoämi | has characters that are not visible ASCII
          Mcp-Name | =?base64?!!!?= | not UTF-8 in Base64
          Mcp-Name | =?base64?/w==?= | not UTF-8 in Base64
          Mcp-Name | =?BASE64?d2hvYW1p?= | does not match
          Mcp-Name | =?base64?d2hvYW1p | does not match
          Mcp-Name | =?base64?= | does not match
          """)
  void headerThatContradictsTheBodyIs400(String header, String value, String message)
      throws IOException {
    FakeReply reply = new Request().tool("whoami").header(header, value).to(endpoint());
    assertError(400, -32020, message, reply);
    assertTrue(reply.body().startsWith("{\"jsonrpc\":\"2.0\",\"id\":1,"), reply.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"whoami", " whoami ", "=?base64?d2hvYW1p?="})
  void nameMayBeEncoded(String value) throws IOException {
    assertEquals(200, new Request().tool("whoami").header("Mcp-Name", value).to(endpoint()).status);
  }

  @Test
  void headerWithAControlCharacterIs400() throws IOException {
    FakeReply reply =
        new Request().header("Mcp-Method", "server/\u0001discover").to(endpoint());
    assertError(400, -32020, "visible ASCII", reply);
  }

  @Test
  void headerRulesAreForModernRequestsOnly() throws IOException {
    Request request = new Request().legacy("2025-11-25", LEGACY_PING).header("Mcp-Method", "x");
    assertEquals(200, request.to(endpoint()).status);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          404 | -32601 | no/such
          404 | -32601 | ping
          404 | -32601 | initialize
          """)
  void modernMethodThatDoesNotExistIs404(int status, int code, String method) throws IOException {
    assertError(
        status,
        code,
        "Method not found: " + method,
        new Request().call(method, null, META).to(endpoint()));
  }

  @Test
  void modernRequestWithoutItsMetaIs400() throws IOException {
    assertError(
        400,
        -32602,
        "params._meta is required",
        new Request().call("server/discover", null, "\"x\":1").to(endpoint()));
  }

  @Test
  void errorsOfAHandlerAre200WithEveryCode() throws IOException {
    assertError(200, -32601, "looks like", new Request().tool("throws").to(endpoint()));
    assertError(200, -32602, "Unknown tool", new Request().tool("unknown").to(endpoint()));
  }

  @Test
  void missingCapabilityIs400ForTheModernEraAlone() throws IOException {
    assertError(400, -32021, "elicitation", new Request().tool("needs").to(endpoint()));
    String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
        + "\"params\":{\"name\":\"needs\"}}";
    assertError(
        200, -32021, "elicitation", new Request().legacy("2025-11-25", body).to(endpoint()));
  }

  @Test
  void legacyErrorsOfWellFormedRequestsAre200() throws IOException {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\"}";
    assertError(200, -32601, "no/such", new Request().legacy("2025-06-18", body).to(endpoint()));
  }

  @Test
  void unsupportedVersionHeaderIs400ExceptForInitialize() throws IOException {
    FakeReply reply = new Request().legacy("1999-01-01", LEGACY_PING).to(endpoint());
    assertError(400, -32600, "1999-01-01", reply);
    assertTrue(reply.body().contains("2025-11-25"), reply.body());
    String initialize = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
        + "\"protocolVersion\":\"1999-01-01\",\"capabilities\":{},"
        + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}";
    assertEquals(200, new Request().legacy("1999-01-01", initialize).to(endpoint()).status);
    assertEquals(200, new Request().legacy(null, initialize).to(endpoint()).status);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, 202, 202", "2025-11-25, 202, 202", "2026-07-28, 202, 400", "1999-01-01, 400, 400"
      })
  void notificationsAndResponsesAreAcceptedAsTheRevisionSays(
      String version, int notification, int response) throws IOException {
    String note = "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
    FakeReply reply = new Request().legacy(version, note).to(endpoint());
    assertEquals(notification, reply.status);
    assertEquals(notification != 202, reply.body().contains("error"));
    String answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    assertEquals(response, new Request().legacy(version, answer).to(endpoint()).status);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"-, 200", "2025-03-26, 200", "2024-11-05, 200", "2025-06-18, 400", "2026-07-28, 400"
      })
  void batchIsServedAsTheRevisionSays(String version, int status) throws IOException {
    FakeReply reply = new Request().legacy(version, "[" + LEGACY_PING + "]").to(endpoint());
    assertEquals(status, reply.status);
    assertEquals(
        status == 200,
        reply.body().equals("[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]"),
        reply.body());
  }

  @Test
  void callBeyondTheMostIs503AndThePlaceIsGivenBack() throws Exception {
    StreamableHttp endpoint = at("/mcp").maxConcurrentCalls(1).build();
    FakeReply first = new FakeReply();
    Thread thread = new Thread(() -> {
      try {
        new Request().tool("waits").to(endpoint, first);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    });
    thread.start();
    entered.await();
    FakeReply second = new Request().tool("whoami").to(endpoint);
    assertError(503, -32603, "maxConcurrentCalls", second);
    assertEquals("1", second.header("Retry-After"));
    assertTrue(second.body().contains("\"id\":1"), second.body());
    assertEquals(503, new Request().legacy(null, "[" + LEGACY_PING + "]").to(endpoint).status);
    assertEquals(404, new Request().call("no/such", null, META).to(endpoint).status);
    leave.countDown();
    thread.join();
    assertEquals(200, first.status);
    assertTrue(first.stopped);
    for (int i = 0; i < 3; i++) {
      assertEquals(200, new Request().tool("whoami").to(endpoint).status);
      assertEquals(200, new Request().tool("throws").to(endpoint).status);
      assertEquals(200, new Request().legacy(null, "[" + LEGACY_PING + "]").to(endpoint).status);
    }
  }

  @Test
  void placeIsGivenBackWhenTheClientIsGone() throws IOException {
    StreamableHttp endpoint = at("/mcp").maxConcurrentCalls(1).build();
    FakeReply gone = new FakeReply();
    gone.gone = true;
    assertThrows(IOException.class, () -> new Request().tool("whoami").to(endpoint, gone));
    assertTrue(gone.stopped);
    assertEquals(200, new Request().tool("whoami").to(endpoint).status);
  }

  @Test
  void placeIsGivenBackWhenTheHeartbeatCannotBegin() throws IOException {
    StreamableHttp endpoint = at("/mcp").maxConcurrentCalls(1).build();
    HttpReply broken = new HttpReply() {
      @Override
      public void send(int status, HttpHeaders headers, byte[] body) {}

      @Override
      public Stream stream(int status, HttpHeaders headers) {
        throw new AssertionError();
      }

      @Override
      public boolean isLive() {
        return true;
      }

      @Override
      public Registration every(Runnable beat) {
        throw new IllegalStateException("the scheduler is shut down");
      }
    };
    HttpHeaders headers =
        HttpHeaders.of("Host", "localhost", "Content-Type", "application/json", "Accept", "*/*");
    HttpRequest request = new HttpRequest(
        "POST", "/mcp", headers, HttpRequest.Body.of(LEGACY_PING.getBytes(StandardCharsets.UTF_8)));
    assertThrows(IllegalStateException.class, () -> endpoint.handle(request, broken));
    assertEquals(200, new Request().tool("whoami").to(endpoint).status);
  }

  @Test
  void endpointLetsOnlyThisMachineInUnlessToldOtherwise() throws IOException {
    assertEquals(403, new Request().header("Host", "mcp.example.com").to(endpoint()).status);
    StreamableHttp open = at("/mcp").allowedHosts(List.of("*")).build();
    assertEquals(200, new Request().header("Host", "mcp.example.com").to(open).status);
    assertEquals(
        403,
        new Request()
            .header("Host", "mcp.example.com")
            .header("Origin", "https://evil.com")
            .to(open)
            .status);
  }
}
