package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SideRoutesTest {
  private static final Logger LOG = Logger.getLogger("dev.statelessmcp");

  private final StreamableHttp http = StreamableHttp.builder(
          McpServer.named("n", "1").build())
      .path("/mcp")
      .authenticator(request -> Authenticator.unauthorized("Bearer"))
      .document(
          "/mcp/server-card",
          request -> HttpDocument.json(Json.object().put("name", "n")).maxAge(Duration.ofHours(1)))
      .document("/health", request -> HttpDocument.text("down").status(503))
      .document("/nothing", request -> null)
      .document("/broken", request -> {
        throw new IllegalStateException("secret");
      })
      .build();

  /** What an endpoint answered. */
  private static final class Answer implements HttpReply {
    private int status;
    private HttpHeaders headers;
    private byte[] body;

    @Override
    public void send(int newStatus, HttpHeaders newHeaders, byte[] newBody) {
      status = newStatus;
      headers = newHeaders;
      body = newBody;
    }

    @Override
    public Stream stream(int newStatus, HttpHeaders newHeaders) {
      throw new AssertionError("a document is not a stream");
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private Answer send(String method, String path, HttpHeaders headers) throws Exception {
    Answer answer = new Answer();
    http.handle(new HttpRequest(method, path, headers, HttpRequest.Body.of(new byte[0])), answer);
    return answer;
  }

  private Answer get(String path) throws Exception {
    return send("GET", path, HttpHeaders.of("Host", "evil.example.com"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/mcp/server-card", "/mcp/server-card/"})
  void documentIsPublic(String path) throws Exception {
    assertTrue(http.isAt(path));
    Answer answer = get(path);
    assertEquals(200, answer.status);
    assertEquals("{\"name\":\"n\"}", answer.text());
    assertEquals("application/json", answer.headers.value("Content-Type"));
    assertEquals("public, max-age=3600", answer.headers.value("Cache-Control"));
    assertEquals("*", answer.headers.value("Access-Control-Allow-Origin"));
  }

  @Test
  void unchangedDocumentIsNotSentAgain() throws Exception {
    String etag = get("/mcp/server-card").headers.value("ETag");
    Answer again = send("GET", "/mcp/server-card", HttpHeaders.of("If-None-Match", etag));
    assertEquals(304, again.status);
    assertEquals(0, again.body.length);
    assertEquals(etag, again.headers.value("ETag"));
    Answer other = send("GET", "/mcp/server-card", HttpHeaders.of("If-None-Match", "\"x\""));
    assertEquals(200, other.status);
  }

  /** A gateway that compresses makes the tag weak, and a client may name several. */
  @ParameterizedTest
  @ValueSource(strings = {"W/%s", "\"x\", %s", "\"x\",W/%s ", "*"})
  void unchangedDocumentIsFoundByEveryFormOfItsTag(String form) throws Exception {
    String etag = get("/mcp/server-card").headers.value("ETag");
    HttpHeaders headers = HttpHeaders.of("If-None-Match", form.formatted(etag));
    assertEquals(304, send("GET", "/mcp/server-card", headers).status);
  }

  /** Without it a page could not send the tag back: no script may read the header. */
  @Test
  void pagesMayReadTheTag() throws Exception {
    HttpHeaders headers = get("/mcp/server-card").headers;
    assertEquals("ETag", headers.value("Access-Control-Expose-Headers"));
  }

  @Test
  void headHasTheHeadersAlone() throws Exception {
    Answer head = send("HEAD", "/mcp/server-card", HttpHeaders.NONE);
    assertEquals(200, head.status);
    assertArrayEquals(new byte[0], head.body);
    assertEquals("application/json", head.headers.value("Content-Type"));
  }

  @Test
  void preflightIsAnsweredForEveryOrigin() throws Exception {
    Answer answer =
        send("OPTIONS", "/mcp/server-card", HttpHeaders.of("Origin", "https://example.com"));
    assertEquals(204, answer.status);
    assertEquals("*", answer.headers.value("Access-Control-Allow-Origin"));
    assertEquals("GET, HEAD, OPTIONS", answer.headers.value("Access-Control-Allow-Methods"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "DELETE", "PUT"})
  void otherMethodsAreRefused(String method) throws Exception {
    Answer answer = send(method, "/health", HttpHeaders.NONE);
    assertEquals(405, answer.status);
    assertEquals("GET, HEAD, OPTIONS", answer.headers.value("Allow"));
  }

  @Test
  void documentHasItsOwnStatus() throws Exception {
    Answer answer = get("/health");
    assertEquals(503, answer.status);
    assertEquals("down", answer.text());
    assertEquals("no-store", answer.headers.value("Cache-Control"));
    assertNull(answer.headers.value("ETag"));
  }

  @ParameterizedTest
  @CsvSource({"/nothing,404", "/broken,500"})
  void documentThatIsNotThereIsAnError(String path, int status) throws Exception {
    LOG.setLevel(Level.OFF);
    try {
      Answer answer = get(path);
      assertEquals(status, answer.status);
      assertTrue(answer.text().contains("\"error\""), answer.text());
      String word = status == 404 ? "not_found" : "server_error";
      assertEquals("{\"error\":\"" + word + "\"}", answer.text());
      assertFalse(answer.text().contains("secret"), answer.text());
    } finally {
      LOG.setLevel(null);
    }
  }

  @Test
  void endpointIsStillProtected() throws Exception {
    assertEquals(403, get("/mcp").status);
    assertEquals(401, send("GET", "/mcp", HttpHeaders.of("Host", "localhost")).status);
    assertFalse(http.isAt("/other"));
  }

  @Test
  void documentComesBeforeAnEndpointThatTakesEveryPath() throws Exception {
    StreamableHttp everywhere = StreamableHttp.builder(McpServer.named("n", "1").build())
        .document("/health", request -> HttpDocument.text("up"))
        .build();
    Answer answer = new Answer();
    everywhere.handle(
        new HttpRequest("GET", "/health", HttpHeaders.NONE, HttpRequest.Body.of(new byte[0])),
        answer);
    assertEquals("up", answer.text());
  }

  @Test
  void mistakesAreToldAtOnce() {
    StreamableHttp.Builder builder =
        StreamableHttp.builder(McpServer.named("n", "1").build());
    assertThrows(IllegalArgumentException.class, () -> builder.document("health", request -> null));
    builder.document("/health", request -> null);
    assertThrows(
        IllegalArgumentException.class, () -> builder.document("/health/", request -> null));
    builder.path("/health/");
    assertThrows(IllegalArgumentException.class, builder::build);
    assertThrows(
        IllegalArgumentException.class, () -> HttpDocument.text("x").maxAge(Duration.ZERO));
  }
}
