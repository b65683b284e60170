package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.testing.Probe;
import dev.statelessmcp.testing.TestTools;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What goes over one connection, good and bad. */
class RequestsTest {
  private static final int LIMIT = 4000;

  private static McpHttpServer http;

  @BeforeAll
  static void start() throws IOException {
    http = McpHttpServer.builder(TestTools.server(TestTools.echo()))
        .port(0)
        .limits(JsonLimits.DEFAULT.withMaxBytes(LIMIT))
        .start();
  }

  @AfterAll
  static void stop() {
    http.close();
  }

  private static HttpAnswer exchange(HttpText request) throws IOException {
    return RawClient.exchange(http.port(), request);
  }

  /** One connection, the text as it is, one answer. */
  private static HttpAnswer exchangeText(String request) throws IOException {
    try (RawClient client = new RawClient(http.port())) {
      client.send(request);
      return client.receive();
    }
  }

  @Test
  void modernCallIsAnsweredInJson() throws Exception {
    HttpAnswer answer = exchange(HttpText.modernCall(1, "echo", "{\"text\":\"Grüße 🦜\"}"));
    assertEquals(200, answer.status());
    assertEquals("Grüße 🦜", answer.text());
    assertEquals("complete", answer.json().at("/result/resultType").textValue());
    assertNull(answer.header("mcp-session-id"));
    assertNull(answer.header("server"));
  }

  @Test
  void legacyClientsAreServedWithAndWithoutInitialize() throws Exception {
    HttpAnswer initialized = exchange(
        HttpText.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{"
            + "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},"
            + "\"clientInfo\":{\"name\":\"test\",\"version\":\"1\"}}}"));
    assertEquals(200, initialized.status());
    assertEquals("2025-06-18", initialized.json().at("/result/protocolVersion").textValue());
    assertNull(initialized.header("mcp-session-id"));

    HttpAnswer answer = exchange(HttpText.legacyCall(2, "echo", "{\"text\":\"hi\"}"));
    assertEquals(200, answer.status());
    assertEquals("hi", answer.text());
    assertFalse(answer.json().get("result").has("resultType"));
  }

  @Test
  void notificationIsAcceptedWithoutABody() throws Exception {
    HttpAnswer answer =
        exchange(HttpText.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"));
    assertEquals(202, answer.status());
    assertEquals("", answer.body());
  }

  @Test
  void batchIsAnsweredByOneArray() throws Exception {
    HttpAnswer answer =
        exchange(HttpText.post("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},"
            + "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}]"));
    assertEquals(200, answer.status());
    assertEquals(2, answer.json().size());
  }

  @Test
  void slashAtTheEndMakesNoDifference() throws Exception {
    for (String path : List.of("/mcp", "/mcp/", "/mcp?a=b", "/mcp/?a=b")) {
      HttpAnswer answer = exchange(HttpText.legacyPing(1).at(path));
      assertEquals(200, answer.status(), path);
      assertTrue(answer.json().has("result"), path);
    }
  }

  @Test
  void otherPathsAreNotFound() throws Exception {
    for (String path :
        List.of("/", "/other", "/mcp/more", "/MCP", "/mcpx", "//mcp", "/a//mcp", "*")) {
      HttpAnswer answer = exchange(HttpText.legacyPing(1).at(path));
      assertTrue(answer.status() == 404 || path.equals("*"), () -> path + answer);
      if (answer.status() == 404) {
        assertEquals("not_found", answer.json().get("error").textValue(), path);
      } else { // Jetty's own refusal
        assertEquals(-32600, answer.error(), path);
      }
    }
    HttpAnswer other = exchange(HttpText.legacyPing(1).at("/other"));
    assertTrue(other.json().get("error_description").textValue().contains("/mcp"), other::toString);
  }

  @Test
  void probesForAnAuthorizationServerFindNothing() throws Exception {
    for (McpHttpServer.Builder builder : List.of(
        McpHttpServer.builder(TestTools.server(TestTools.echo())),
        McpHttpServer.builder(TestTools.server(TestTools.echo()))
            .legacySessions(true)
            .authenticator(request -> Authenticator.unauthorized("Bearer")))) {
      try (McpHttpServer server = builder.port(0).start()) {
        for (Probe probe : Probe.all("/mcp")) {
          HttpText request = HttpText.of(probe.method(), probe.path()).body(probe.content());
          probe.headers().forEach(request::header);
          HttpAnswer answer = RawClient.exchange(server.port(), request);
          probe.check(answer.status(), answer.headers(), answer.body());
        }
      }
    }
  }

  /** Also in chunks, so that it is refused before or after it has been received. */
  @Test
  void compressedContentIsRefused() throws Exception {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(HttpText.legacyPing(1).content());
    }
    String head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        + "Content-Encoding: gzip\r\nContent-Length: " + compressed.size() + "\r\n\r\n";
    try (RawClient client = new RawClient(http.port())) {
      client.send(head);
      client.send(compressed.toByteArray());
      HttpAnswer answer = client.receive();
      assertEquals(415, answer.status(), answer::toString);
      assertEquals("identity", answer.header("accept-encoding"));
      assertTrue(answer.errorMessage().contains("Content-Encoding"), answer::toString);
      assertEquals(200, client.exchange(HttpText.legacyPing(2)).status());
    }
    HttpAnswer chunks =
        exchange(HttpText.legacyPing(1).header("Content-Encoding", "br").inChunks());
    assertEquals(415, chunks.status(), chunks::toString);
  }

  /** Jetty decodes chunks alone, and would hand on the rest as it is. */
  @Test
  void otherTransferEncodingsAreRefused() throws Exception {
    HttpText ping = HttpText.legacyPing(1).inChunks();
    String head = new String(ping.head(), StandardCharsets.ISO_8859_1);
    try (RawClient client = new RawClient(http.port())) {
      client.send(head.replace(": chunked", ": gzip, chunked"));
      client.send(ping.content());
      HttpAnswer answer = client.receive();
      assertEquals(501, answer.status(), answer::toString);
      assertTrue(answer.errorMessage().contains("Transfer-Encoding"), answer::toString);
    }
  }

  @Test
  void otherMethodsAreNotAllowed() throws Exception {
    for (String method : List.of("GET", "DELETE", "PUT", "PATCH", "OPTIONS", "TRACE", "BREW")) {
      HttpAnswer answer = exchange(HttpText.of(method, "/mcp"));
      assertEquals(405, answer.status(), method);
      assertTrue(answer.header("allow").contains("POST"), method);
      assertEquals(-32600, answer.error(), method);
    }
  }

  @Test
  void headIsNotAllowedAndHasNoBody() throws Exception {
    try (RawClient client = new RawClient(http.port())) {
      HttpAnswer answer = client.exchange(HttpText.of("HEAD", "/mcp"));
      assertEquals(405, answer.status());
      assertTrue(answer.header("allow").contains("POST"));
      // The next answer begins where this one ends
      assertEquals(200, client.exchange(HttpText.legacyPing(1)).status());
    }
  }

  @Test
  void bodyMayComeInChunks() throws Exception {
    String text = "x".repeat(1000);
    HttpAnswer answer =
        exchange(HttpText.modernCall(1, "echo", "{\"text\":\"" + text + "\"}").inChunks());
    assertEquals(200, answer.status());
    assertEquals(text, answer.text());
  }

  @Test
  void bodyMayBeAskedForFirst() throws Exception {
    HttpText request = HttpText.modernCall(1, "echo", "{\"text\":\"hi\"}");
    try (RawClient client = new RawClient(http.port())) {
      client.send(request.header("Expect", "100-continue").head());
      assertEquals(100, client.receiveHead().status());
      client.send(request.content());
      assertEquals("hi", client.receive().text());
    }
  }

  @Test
  void bodyThatIsRefusedByItsHeadersIsNotAskedFor() throws Exception {
    HttpText request = HttpText.modernCall(1, "echo", "{\"text\":\"hi\"}");
    try (RawClient client = new RawClient(http.port())) {
      client.send(request
          .header("Expect", "100-continue")
          .header("Content-Type", "text/plain")
          .head());
      HttpAnswer answer = client.receive();
      assertEquals(415, answer.status());
      assertEquals(-32600, answer.error());
    }
  }

  @Test
  void connectionIsKept() throws Exception {
    try (RawClient client = new RawClient(http.port())) {
      for (int id = 1; id <= 3; id++) {
        HttpAnswer answer = client.exchange(HttpText.legacyPing(id));
        assertEquals(200, answer.status());
        assertEquals(id, answer.json().get("id").intValue());
      }
    }
  }

  @Test
  void requestsMayBeSentBeforeTheAnswersAreThere() throws Exception {
    try (RawClient client = new RawClient(http.port())) {
      client.send(HttpText.legacyPing(1));
      client.send(HttpText.modernCall(2, "echo", "{\"text\":\"hi\"}"));
      client.send(HttpText.legacyPing(3));
      for (int id = 1; id <= 3; id++) {
        assertEquals(id, client.receive().json().get("id").intValue());
      }
    }
  }

  @Test
  void connectionIsKeptAfterErrors() throws Exception {
    List<HttpText> bad = List.of(
        HttpText.legacyPing(1).at("/other"),
        HttpText.legacyPing(1).header("Host", "evil.example"),
        HttpText.legacyPing(1).header("Origin", "https://evil.example"),
        HttpText.of("GET", "/mcp"),
        HttpText.of("PUT", "/mcp").body("{}"),
        HttpText.legacyPing(1).header("Content-Type", "text/plain"),
        HttpText.legacyPing(1).header("Accept", "text/html"),
        HttpText.legacyPing(1).header("MCP-Protocol-Version", "1999-01-01"),
        HttpText.post("{\"jsonrpc\":"),
        HttpText.post(""),
        HttpText.post("[]"),
        HttpText.modernCall(1, "echo", "{\"text\":\"hi\"}").header("Mcp-Name", "other"));
    List<Integer> statuses = new ArrayList<>();
    try (RawClient client = new RawClient(http.port())) {
      for (HttpText request : bad) {
        HttpAnswer answer = client.exchange(request);
        statuses.add(answer.status());
        assertTrue(answer.status() == 404 || answer.error() < 0, answer::toString);
        HttpAnswer good = client.exchange(HttpText.legacyPing(7));
        assertEquals(200, good.status(), () -> "after " + answer);
        assertEquals(7, good.json().get("id").intValue());
      }
    }
    assertEquals(List.of(404, 403, 403, 405, 405, 415, 406, 400, 400, 400, 400, 400), statuses);
  }

  @Test
  void bodyAtTheLimitIsServed() throws Exception {
    HttpText shortest = HttpText.modernCall(1, "echo", "{\"text\":\"\"}");
    String text = "x".repeat(LIMIT - shortest.content().length);
    HttpText longest = HttpText.modernCall(1, "echo", "{\"text\":\"" + text + "\"}");
    assertEquals(LIMIT, longest.content().length);
    assertEquals(text, exchange(longest).text());
    assertEquals(text, exchange(longest.inChunks()).text());
  }

  @Test
  void bodyAboveTheLimitIsRefusedByItsLengthAlone() throws Exception {
    HttpText request = HttpText.legacyPing(1).header("Content-Length", Integer.toString(LIMIT + 1));
    try (RawClient client = new RawClient(http.port())) {
      client.send(request.head()); // and nothing of the body
      HttpAnswer answer = client.receive();
      assertEquals(413, answer.status());
      assertEquals(-32600, answer.error());
      assertTrue(answer.errorMessage().contains(Integer.toString(LIMIT)), answer::toString);
    }
  }

  @Test
  void bodyAboveTheLimitIsNotAskedFor() throws Exception {
    HttpText request = HttpText.legacyPing(1)
        .header("Content-Length", Integer.toString(LIMIT + 1))
        .header("Expect", "100-continue");
    try (RawClient client = new RawClient(http.port())) {
      client.send(request.head());
      HttpAnswer answer = client.receive();
      assertEquals(413, answer.status());
      assertEquals(-32600, answer.error());
    }
  }

  /** The client reads why, although it was still sending when it was refused. */
  @Test
  void bodyFarAboveTheLimitIsRefusedReadably() throws Exception {
    HttpAnswer answer = exchange(HttpText.legacyPing(1).body("x".repeat(200_000)));
    assertEquals(413, answer.status());
    assertEquals(-32600, answer.error());
  }

  @Test
  void lengthsBeyondEveryIntegerAreRefused() throws Exception {
    for (String length : List.of("4294967296", "9223372036854775807", "99999999999999999999")) {
      try (RawClient client = new RawClient(http.port())) {
        client.send(HttpText.legacyPing(1).header("Content-Length", length).head());
        HttpAnswer answer = client.receive();
        assertTrue(answer.status() == 413 || answer.status() == 400, answer::toString);
        assertEquals(-32600, answer.error());
      }
    }
  }

  @Test
  void bodyAboveTheLimitIsRefusedInChunksToo() throws Exception {
    HttpText request = HttpText.legacyPing(1).body("x".repeat(LIMIT + 1)).inChunks();
    HttpAnswer answer = exchange(request);
    assertEquals(413, answer.status());
    assertEquals(-32600, answer.error());
    assertEquals(200, exchange(HttpText.legacyPing(1)).status());
  }

  @Test
  void truncatedBodyIsNotServed() throws Exception {
    try (RawClient client = new RawClient(http.port())) {
      HttpText request = HttpText.legacyPing(1);
      client.send(request.header("Content-Length", "1000").bytes());
      client.endOutput();
      boolean refused;
      try {
        refused = client.receive().status() >= 400;
      } catch (IOException e) {
        refused = true; // closed without an answer
      }
      assertTrue(refused);
    }
    assertEquals(200, exchange(HttpText.legacyPing(1)).status());
  }

  @Test
  void headersThatAreTooLargeAreRefusedInJsonRpc() throws Exception {
    String large = "X-Large: " + "x".repeat(17 << 10);
    for (String method : List.of("POST", "GET", "DELETE", "PUT")) {
      HttpAnswer answer =
          exchangeText(method + " /mcp HTTP/1.1\r\nHost: localhost\r\n" + large + "\r\n\r\n");
      assertEquals(431, answer.status(), method);
      assertEquals(-32600, answer.error(), method);
    }
  }

  @Test
  void headersThatAreLargeAreServed() throws Exception {
    HttpText request = HttpText.legacyPing(1).header("X-Large", "x".repeat(15 << 10));
    assertEquals(200, exchange(request).status());
  }

  @Test
  void invalidHttpIsRefusedInJsonRpc() throws Exception {
    String rest = "Host: localhost\r\n\r\n";
    List<String> malformed = List.of(
        "NONSENSE\r\n\r\n",
        "POST\r\n" + rest,
        "POST /mcp\r\n" + rest,
        "PO ST /mcp HTTP/1.1\r\n" + rest,
        "POST /mcp HTTP/9.9\r\n" + rest,
        "POST /mcp HTTP/1.1\r\nno colon here\r\n" + rest,
        "POST /mcp HTTP/1.1\r\nbad name: x\r\n" + rest,
        "POST /mcp HTTP/1.1\r\nContent-Length: abc\r\n" + rest,
        "POST /mcp HTTP/1.1\r\nContent-Length: -1\r\n" + rest,
        "POST /mcp HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n" + rest,
        "POST /mcp HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n" + rest,
        "POST /mcp HTTP/1.1\r\nHost: other\r\n" + rest,
        "POST /mcp HTTP/1.1\r\nX: \0\r\n" + rest,
        "POST /mcp%zz HTTP/1.1\r\n" + rest,
        "POST /a/%2e%2e/mcp HTTP/1.1\r\n" + rest,
        "POST /../../etc/passwd HTTP/1.1\r\n" + rest,
        "DELETE /mcp HTTP/1.1\r\nbad name: x\r\n" + rest,
        "GET /mcp HTTP/1.1\r\n\r\n");
    assertAll(malformed.stream().map(request -> () -> assertRefusedAsNoHttp(request)));
    assertEquals(400, exchangeText(malformed.get(0)).status());
    assertEquals(200, exchange(HttpText.legacyPing(1)).status());
  }

  private static void assertRefusedAsNoHttp(String request) throws IOException {
    HttpAnswer answer = exchangeText(request);
    assertTrue(answer.status() >= 400 && answer.status() <= 505, () -> request + answer);
    assertEquals(answer.status() < 500 ? -32600 : -32603, answer.error(), request);
    assertFalse(answer.body().contains("org.eclipse"), answer::body);
    assertFalse(answer.body().contains("Exception"), answer::body);
  }

  @Test
  void addressThatIsTooLongIsRefusedInJsonRpc() throws Exception {
    HttpAnswer answer = exchange(HttpText.legacyPing(1).at("/" + "x".repeat(20 << 10)));
    assertTrue(answer.status() == 414 || answer.status() == 431, answer::toString);
    assertEquals(-32600, answer.error());
  }

  @Test
  void chunksThatAreMalformedAreRefused() throws Exception {
    try (RawClient client = new RawClient(http.port())) {
      client.send(HttpText.legacyPing(1).inChunks().head());
      client.send("this is no length\r\n");
      HttpAnswer answer = client.receive();
      assertEquals(400, answer.status());
      assertEquals(-32600, answer.error());
    }
  }

  @Test
  void deepJsonIsRefused() throws Exception {
    HttpAnswer answer = exchange(HttpText.post("[".repeat(1900) + "]".repeat(1900)));
    assertEquals(400, answer.status());
    assertEquals(-32700, answer.error());
  }

  @Test
  void numbersBeyondEveryRangeAreRefused() throws Exception {
    for (String number : List.of("1e999", "1e2147483648", "-1E-2147483648", "1e99999999999")) {
      HttpAnswer answer = exchange(HttpText.post("{\"n\":" + number + "}"));
      assertEquals(400, answer.status(), number);
      assertEquals(-32700, answer.error(), number);
    }
  }

  @Test
  void oldHttpIsAnsweredToo() throws Exception {
    String body = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}";
    try (RawClient client = new RawClient(http.port())) {
      client.send("POST /mcp HTTP/1.0\r\nHost: localhost\r\nContent-Type: application/json\r\n"
          + "Content-Length: "
          + body.length()
          + "\r\n\r\n"
          + body);
      JsonNode answer = client.receive().json();
      assertTrue(answer.has("result"), answer::toString);
      assertTrue(client.isClosedByServer());
    }
  }
}
