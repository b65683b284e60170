package dev.statelessmcp.servlet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureSuite;
import dev.statelessmcp.fixtures.FixtureTransport;
import dev.statelessmcp.http.HttpVersion;
import dev.statelessmcp.http.LegacySessions;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.jetty.HttpAnswer;
import dev.statelessmcp.jetty.HttpText;
import dev.statelessmcp.jetty.RawClient;
import dev.statelessmcp.jetty.RawFixtureTransport;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.testing.Carrying;
import dev.statelessmcp.testing.Probe;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.ThreadCarrier;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every fixture in a servlet container, and what a container does to a servlet. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ContainerTest extends FixtureSuite {
  private static final int LIMIT = JsonLimits.DEFAULT.maxBytes();

  record Name(String name) {}

  private final List<Container> containers = new ArrayList<>();
  private final CountDownLatch started = new CountDownLatch(1);
  private final ThreadCarrier carrier = new ThreadCarrier();
  private final CountDownLatch interrupted = new CountDownLatch(1);
  private List<FixtureTransport> transports;
  private int port; // of the server with the tools below

  abstract Container start(McpServlet servlet) throws Exception;

  private Container start(McpServer server, Duration silence, Duration receiveTimeout)
      throws Exception {
    McpServlet servlet =
        new McpServlet(StreamableHttp.builder(server).path("/mcp").build());
    servlet.setSilence(silence);
    servlet.setReceiveTimeout(receiveTimeout);
    Container container = start(servlet);
    containers.add(container);
    return container;
  }

  @BeforeAll
  void start() throws Exception {
    transports = List.of(transport(FixtureServer.MAIN), transport(FixtureServer.EXTENDED));
    McpServer server = McpServer.named("test", "1")
        .interceptor(carrier)
        .tool(TestTools.echo())
        .tool(TestTools.tool(
            "from",
            (none, call) -> ToolResult.text(call.attributes()
                .get(InetSocketAddress.class)
                .map(from -> from.getHostString() + " " + from.getPort())
                .orElse("nobody knows"))))
        .tool(TestTools.tool(
            "version",
            (none, call) -> ToolResult.text(
                call.attributes().get(HttpVersion.class).orElseThrow().toString())))
        .tool(TestTools.tool(
            "victim",
            (none, call) -> TestTools.waitForRelease(started, new CountDownLatch(1), interrupted)))
        .build();
    port = start(server, Duration.ofMillis(50), Duration.ofMillis(500)).port();
  }

  private FixtureTransport transport(String name) throws Exception {
    Duration never = Duration.ofDays(1);
    return new RawFixtureTransport(
        name, start(FixtureServer.create(name), never, Duration.ofSeconds(30)).port());
  }

  @AfterAll
  void stop() throws Exception {
    for (Container container : containers) {
      container.stop();
    }
  }

  @Override
  protected List<FixtureTransport> transports() {
    return transports;
  }

  private RawClient connect() throws Exception {
    return new RawClient(port);
  }

  @Test
  void clientThatLeavesCancelsItsCall() throws Exception {
    try (RawClient client = connect()) {
      client.send(HttpText.modernCall(1, "victim", "{}"));
      Waiting.await(started);
      client.reset();
      Waiting.await(interrupted);
    }
  }

  @Test
  void handlerCanSeeTheAddressOfTheClient() throws Exception {
    try (RawClient client = connect()) {
      HttpAnswer answer = client.exchange(HttpText.modernCall(1, "from", "{}"));
      assertEquals("127.0.0.1 " + client.localPort(), answer.text());
    }
  }

  @Test
  void handlerCanSeeTheVersionOfHttp() throws Exception {
    assertEquals(
        "1.1", RawClient.exchange(port, HttpText.modernCall(1, "version", "{}")).text());
  }

  @Test
  void contentMayComeInPieces() throws Exception {
    String text = "x".repeat(100_000);
    HttpText request = HttpText.modernCall(1, "echo", "{\"text\":\"" + text + "\"}");
    try (RawClient client = connect()) {
      client.send(request.head());
      byte[] content = request.content();
      for (int i = 0; i < content.length; i += 1000) {
        client.send(Arrays.copyOfRange(content, i, Math.min(i + 1000, content.length)));
      }
      assertEquals(text, client.receive().text());
      assertNotNull(carrier.receiving()); // whose trace span the call belongs to
      assertEquals(200, client.exchange(HttpText.legacyPing(2)).status()); // on the same connection
    }
    assertEquals(text, RawClient.exchange(port, request.inChunks()).text());
  }

  /** It is read to its end to find the id, which may be the last member. */
  @Test
  void answerToAQuestionThatIsTooLargeEndsTheCall() throws Exception {
    McpServer server = TestTools.server(TestTools.tool(
            "greet",
            (none, call) -> ToolResult.text(
                call.ask("who", Question.form("Your name?", Name.class)).name()))
        .asks(QuestionKind.FORM));
    Container container = start(new McpServlet(StreamableHttp.builder(server)
        .path("/mcp")
        .legacySessions(LegacySessions.DEFAULT)
        .build()));
    containers.add(container);
    String session =
        RawClient.exchange(container.port(), HttpText.post("""
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{"elicitation":{}},"clientInfo":{"name":"test","version":"1"}}}""")).header("mcp-session-id");
    String large = "{\"x\":\"" + "x".repeat(LIMIT) + "\"}";
    for (boolean chunked : new boolean[] {false, true}) {
      try (RawClient client = new RawClient(container.port())) {
        client.send(HttpText.legacyCall(1, "greet", "{}").header("Mcp-Session-Id", session));
        BufferedReader events = client.lines(client.receiveHead());
        String id = event(events).get("id").toString();
        HttpText answer = HttpText.post("{\"result\":" + large + ",\"id\":" + id + "}")
            .header("Mcp-Session-Id", session);
        HttpAnswer refused =
            RawClient.exchange(container.port(), chunked ? answer.inChunks() : answer);
        assertEquals(413, refused.status());
        String error = HttpAnswer.text(event(events));
        assertTrue(error.contains("refused with status 413"), error);
      }
    }
  }

  private static JsonNode event(BufferedReader events) throws IOException {
    String line = events.readLine();
    while (!line.startsWith("data: ")) {
      line = events.readLine();
    }
    return HttpAnswer.parse(line.substring(6));
  }

  /** What reads the content before the servlet does, as some filters do. */
  private static final class Consumed extends McpServlet {
    private static final long serialVersionUID = 1L;

    Consumed(StreamableHttp endpoint) {
      super(endpoint);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (request.getHeader("X-Read") != null) {
        request.getReader();
      }
      super.service(request, response);
    }
  }

  @Test
  void requestWhoseContentCannotBeReadIsAnswered() throws Exception {
    McpServlet servlet = new Consumed(
        StreamableHttp.builder(TestTools.server(TestTools.echo())).path("/mcp").build());
    servlet.setReceiveTimeout(Duration.ofMillis(20));
    Container container = start(servlet);
    containers.add(container);
    for (int i = 0; i < 4; i++) {
      try (RawClient client = new RawClient(container.port())) {
        HttpAnswer answer = client.exchange(HttpText.legacyPing(1).header("X-Read", "1"));
        assertEquals(500, answer.status());
        assertEquals(-32603, answer.error());
      }
    }
    Thread.sleep(60); // longer than contents may take: the timer must not touch these any more
    for (int i = 0; i < 4; i++) {
      assertEquals(
          200, RawClient.exchange(container.port(), HttpText.legacyPing(i)).status());
    }
  }

  /** Otherwise the client would wait for ever, and what it has sent would count as in flight. */
  @Test
  void requestThatCannotBeCarriedToItsThreadIsAnswered() throws Exception {
    int most = 64 << 10;
    AtomicInteger requests = new AtomicInteger();
    Interceptor failing = new Carrying(work -> {
      int number = requests.incrementAndGet();
      if (number <= 4) {
        throw new NoClassDefFoundError("carry");
      }
      return number > 8
          ? work
          : () -> {
            throw new IllegalStateException("carried");
          };
    });
    McpServer server =
        McpServer.named("n", "1").interceptor(failing).tool(TestTools.echo()).build();
    McpServlet servlet = new McpServlet(StreamableHttp.builder(server)
        .path("/mcp")
        .limits(JsonLimits.DEFAULT.withMaxBytes(most))
        .build());
    servlet.setMaxBytesInFlight(most);
    Container container = start(servlet);
    containers.add(container);
    String text = "x".repeat(40_000);
    HttpText call = HttpText.modernCall(1, "echo", "{\"text\":\"" + text + "\"}");
    for (int i = 0; i < 8; i++) {
      assertEquals(500, RawClient.exchange(container.port(), call).status());
    }
    assertEquals(text, RawClient.exchange(container.port(), call).text());
  }

  @Test
  void contentThatTakesTooLongIsRefused() throws Exception {
    try (RawClient client = connect()) {
      client.send(HttpText.legacyPing(1).header("Content-Length", "1000").head());
      client.send("{");
      HttpAnswer answer = client.receive();
      assertEquals(408, answer.status());
      assertEquals(-32600, answer.error());
      assertTrue(answer.errorMessage().contains("receiveTimeout"), answer::toString);
    }
  }

  @Test
  void contentAboveTheLimitIsRefused() throws Exception {
    try (RawClient client = connect()) {
      client.send(HttpText.legacyPing(1)
          .header("Content-Length", Integer.toString(LIMIT + 1))
          .head());
      HttpAnswer answer = client.receive();
      assertEquals(413, answer.status());
      assertEquals(-32600, answer.error());
    }
  }

  /** Those that the container maps to the servlet; Jetty refuses empty segments by default. */
  @Test
  void probesForAnAuthorizationServerFindNothing() throws Exception {
    for (Probe probe : Probe.all("/mcp")) {
      if (probe.path().startsWith("/mcp/") && !probe.path().contains("//")) {
        HttpText request = HttpText.of(probe.method(), probe.path()).body(probe.content());
        probe.headers().forEach(request::header);
        HttpAnswer answer = RawClient.exchange(port, request);
        probe.check(answer.status(), answer.headers(), answer.body());
      }
    }
  }

  @Test
  void otherPathsAreNotServed() throws Exception {
    assertEquals(
        404, RawClient.exchange(port, HttpText.legacyPing(1).at("/mcp/other")).status());
  }
}
