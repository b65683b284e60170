package dev.statelessmcp.opentelemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpReply;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.HttpVersion;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.Exchange;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.testing.exporter.InMemoryMetricReader;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What reaches the exporters of OpenTelemetry's SDK. */
class McpTelemetryTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PARENT = "b7ad6b7169203331";
  private static final String TRACEPARENT = "00-" + TRACE + "-" + PARENT + "-01";

  private final InMemorySpanExporter spans = InMemorySpanExporter.create();
  private final InMemoryMetricReader metrics = InMemoryMetricReader.create();
  private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
      .setTracerProvider(SdkTracerProvider.builder()
          .addSpanProcessor(SimpleSpanProcessor.create(spans))
          .build())
      .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(metrics).build())
      .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
      .build();

  record Text(String text) {}

  @AfterEach
  void close() {
    sdk.close();
  }

  private McpServer server(McpTelemetry telemetry) {
    return McpServer.named("test", "1")
        .interceptor(telemetry)
        .tool(Tool.of("echo", "Echoes", Text.class, (in, call) -> {
          sdk.getTracer("tool").spanBuilder("inside").startSpan().end();
          return ToolResult.text(in.text());
        }))
        .tool(Tool.of("fail", "Fails", Text.class, (in, call) -> {
          throw new ToolException("no");
        }))
        .tool(Tool.of("limit", "Is limited", Text.class, (in, call) -> {
          throw new McpException(429, "too much");
        }))
        .tool(Tool.of("break", "Breaks", Text.class, (in, call) -> {
          throw new IllegalStateException("broken");
        }))
        .prompt(Prompt.of("greet", null, call -> PromptResult.of(PromptMessage.user("hi")))
            .optionalArgument("name", "Who"))
        .resource(Resource.text("file:///a", "a", "text/plain", "a"))
        .build();
  }

  private McpTestClient client(McpTelemetry telemetry) {
    return McpTestClient.of(StreamableHttp.builder(server(telemetry)).build(), "/");
  }

  private TestAnswer call(String tool) {
    return client(McpTelemetry.of(sdk)).call(tool, new Text("secret"));
  }

  private static ObjectNode parent() {
    return Json.object().put("traceparent", TRACEPARENT);
  }

  /** Serves a request on this thread, as a transport may. */
  private void ping(McpTelemetry telemetry, ObjectNode meta) {
    ObjectNode params = Json.object();
    params.set("_meta", meta);
    server(telemetry)
        .handle(new JsonRpcMessage.Request(RequestId.of(1), "ping", params), new Exchange() {});
  }

  private SpanData server() {
    List<SpanData> found = spans.getFinishedSpanItems().stream()
        .filter(span -> span.getKind() == SpanKind.SERVER)
        .toList();
    assertEquals(1, found.size(), found::toString);
    return found.get(0);
  }

  private HistogramPointData point() {
    List<MetricData> all = List.copyOf(metrics.collectAllMetrics());
    assertEquals(1, all.size());
    assertEquals("mcp.server.operation.duration", all.get(0).getName());
    assertEquals("s", all.get(0).getUnit());
    assertEquals(1, all.get(0).getHistogramData().getPoints().size());
    return all.get(0).getHistogramData().getPoints().iterator().next();
  }

  private static String text(Attributes attributes, String key) {
    return attributes.get(AttributeKey.stringKey(key));
  }

  @Test
  void callOfAToolIsASpanAndADuration() throws Exception {
    call("echo").isOk();
    SpanData span = server();
    assertEquals("tools/call echo", span.getName());
    assertEquals(StatusCode.UNSET, span.getStatus().getStatusCode());
    Attributes attributes = span.getAttributes();
    assertEquals("tools/call", text(attributes, "mcp.method.name"));
    assertEquals("echo", text(attributes, "gen_ai.tool.name"));
    assertEquals("execute_tool", text(attributes, "gen_ai.operation.name"));
    assertEquals("2026-07-28", text(attributes, "mcp.protocol.version"));
    assertEquals("1", text(attributes, "jsonrpc.request.id"));
    assertEquals("tcp", text(attributes, "network.transport"));
    assertNull(text(attributes, "error.type"));
    assertNull(text(attributes, "gen_ai.tool.call.arguments"));
    Attributes of = point().getAttributes();
    assertEquals("tools/call", text(of, "mcp.method.name"));
    assertEquals("echo", text(of, "gen_ai.tool.name"));
    assertNull(text(of, "jsonrpc.request.id"));
    assertEquals(1, point().getCount());
    assertEquals(Names.BOUNDARIES, point().getBoundaries());
  }

  @Test
  void spansOfTheHandlerAreChildren() throws Exception {
    call("echo").isOk();
    SpanData inside = spans.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals("inside"))
        .findFirst()
        .orElseThrow();
    assertEquals(server().getSpanId(), inside.getParentSpanId());
    assertEquals(Span.getInvalid(), Span.current());
  }

  @Test
  void parentIsWhatTheClientNames() throws Exception {
    client(McpTelemetry.of(sdk)).meta(parent()).call("echo", new Text("secret")).isOk();
    assertEquals(TRACE, server().getTraceId());
    assertEquals(PARENT, server().getParentSpanId());
    assertTrue(server().getLinks().isEmpty());
  }

  @Test
  void currentSpanIsLinkedWhenTheClientNamesAParent() throws Exception {
    Span http = sdk.getTracer("http").spanBuilder("POST").startSpan();
    try (Scope scope = http.makeCurrent()) {
      assertNotEquals(Scope.noop(), scope);
      ping(McpTelemetry.of(sdk), parent());
    }
    assertEquals(PARENT, server().getParentSpanId());
    assertEquals(1, server().getLinks().size());
    assertEquals(http.getSpanContext(), server().getLinks().get(0).getSpanContext());
  }

  @Test
  void currentSpanIsTheParentOtherwise() throws Exception {
    Span http = sdk.getTracer("http").spanBuilder("POST").startSpan();
    try (Scope scope = http.makeCurrent()) {
      assertNotEquals(Scope.noop(), scope);
      ping(McpTelemetry.of(sdk), Json.object());
    }
    assertEquals(http.getSpanContext().getSpanId(), server().getParentSpanId());
    assertTrue(server().getLinks().isEmpty());
  }

  @Test
  void currentSpanGoesAlongToAnotherThread() throws Exception {
    McpTelemetry telemetry = McpTelemetry.of(sdk);
    Span http = sdk.getTracer("http").spanBuilder("POST").startSpan();
    Runnable work;
    try (Scope scope = http.makeCurrent()) {
      assertNotEquals(Scope.noop(), scope);
      work = telemetry.carry(() -> ping(telemetry, Json.object()));
    }
    work.run();
    assertEquals(http.getSpanContext().getSpanId(), server().getParentSpanId());
  }

  @Test
  void failureOfAToolIsAnError() throws Exception {
    call("fail").hasToolError("no");
    assertEquals(StatusCode.ERROR, server().getStatus().getStatusCode());
    assertEquals("tool_error", text(server().getAttributes(), "error.type"));
    assertNull(text(server().getAttributes(), "rpc.response.status_code"));
    assertEquals("tool_error", text(point().getAttributes(), "error.type"));
  }

  @Test
  void exceptionIsRecorded() throws Exception {
    call("break").hasError(-32603);
    assertEquals(StatusCode.ERROR, server().getStatus().getStatusCode());
    assertEquals("-32603", text(server().getAttributes(), "error.type"));
    assertEquals("-32603", text(server().getAttributes(), "rpc.response.status_code"));
    assertEquals(1, server().getEvents().size());
    assertEquals("break", text(point().getAttributes(), "gen_ai.tool.name"));
  }

  /** What the client got wrong is no error of the server. */
  private void assertCallersFault(String code) {
    for (Attributes attributes : List.of(server().getAttributes(), point().getAttributes())) {
      assertEquals(code, text(attributes, "rpc.response.status_code"));
      assertNull(text(attributes, "error.type"));
    }
    assertEquals(StatusCode.UNSET, server().getStatus().getStatusCode());
  }

  @Test
  void errorForTheClientHasItsMessage() throws Exception {
    call("limit").hasError(429, "too much");
    assertEquals(StatusCode.ERROR, server().getStatus().getStatusCode());
    assertEquals("too much", server().getStatus().getDescription());
    assertEquals("429", text(server().getAttributes(), "error.type"));
    assertEquals("429", text(point().getAttributes(), "rpc.response.status_code"));
    assertTrue(server().getEvents().isEmpty());
  }

  @Test
  void unknownToolHasNoSeparateSeries() throws Exception {
    call("made-up").hasError(-32602);
    assertCallersFault("-32602");
    assertEquals("made-up", text(server().getAttributes(), "gen_ai.tool.name"));
    assertNull(text(point().getAttributes(), "gen_ai.tool.name"));
  }

  @Test
  void unknownMethodHasNoSeparateSeries() throws Exception {
    client(McpTelemetry.of(sdk)).request("made/up", Json.object()).hasError(-32601);
    assertCallersFault("-32601");
    assertEquals("_OTHER", text(point().getAttributes(), "mcp.method.name"));
  }

  @Test
  void refusedRequestIsRecorded() throws Exception {
    StreamableHttp.builder(server(McpTelemetry.of(sdk)))
        .build()
        .handle(
            new HttpRequest(
                "POST",
                "/",
                HttpHeaders.of("Host", "localhost", "Content-Type", "application/json"),
                HttpRequest.Body.of("{".getBytes(StandardCharsets.UTF_8))),
            new Ignored());
    assertEquals("_OTHER", server().getName());
    assertCallersFault("-32700");
  }

  @ParameterizedTest
  @CsvSource({"192.0.2.7, 5000", "2001:db8:0:0:0:0:0:1, 5000", "192.0.2.7, 0"})
  void clientIsRecordedWithItsPortIfThatIsKnown(String address, int port) throws Exception {
    for (InetSocketAddress from : List.of(
        new InetSocketAddress(InetAddress.getByName(address), port),
        InetSocketAddress.createUnresolved(address, port))) {
      spans.reset();
      McpTestClient.of(server(McpTelemetry.of(sdk)))
          .attribute(InetSocketAddress.class, from)
          .call("echo", new Text("secret"))
          .isOk();
      Attributes attributes = server().getAttributes();
      assertEquals(address, text(attributes, "client.address"));
      assertEquals(
          port == 0 ? null : (long) port, attributes.get(AttributeKey.longKey("client.port")));
      assertNull(text(point().getAttributes(), "client.address"));
    }
  }

  @Test
  void clientWithoutAnAddressIsNotRecorded() throws Exception {
    call("echo").isOk();
    assertNull(text(server().getAttributes(), "client.address"));
  }

  @Test
  void protocolIsRecordedWithItsVersionIfThatIsKnown() throws Exception {
    call("echo").isOk();
    for (Attributes attributes : List.of(server().getAttributes(), point().getAttributes())) {
      assertEquals("http", text(attributes, "network.protocol.name"));
      assertNull(text(attributes, "network.protocol.version"));
    }
  }

  @Test
  void versionOfHttpIsRecorded() throws Exception {
    McpTestClient.of(server(McpTelemetry.of(sdk)))
        .attribute(HttpVersion.class, HttpVersion.HTTP_2)
        .call("echo", new Text("secret"))
        .isOk();
    for (Attributes attributes : List.of(server().getAttributes(), point().getAttributes())) {
      assertEquals("2", text(attributes, "network.protocol.version"));
    }
  }

  @Test
  void promptsAndResourcesHaveTheirAttributes() throws Exception {
    client(McpTelemetry.of(sdk)).prompt("greet", Map.of()).isResult();
    assertEquals("prompts/get greet", server().getName());
    assertEquals("greet", text(server().getAttributes(), "gen_ai.prompt.name"));
    spans.reset();
    client(McpTelemetry.of(sdk)).read("file:///a").hasText("a");
    assertEquals("resources/read", server().getName());
    assertEquals("file:///a", text(server().getAttributes(), "mcp.resource.uri"));
  }

  @Test
  void contentIsRecordedOnRequestOnly() throws Exception {
    McpTestClient client = client(McpTelemetry.of(sdk).withContent());
    client.call("echo", new Text("secret")).hasText("secret");
    Attributes attributes = server().getAttributes();
    assertEquals("{\"text\":\"secret\"}", text(attributes, "gen_ai.tool.call.arguments"));
    assertTrue(text(attributes, "gen_ai.tool.call.result").contains("secret"));
    spans.reset();
    client.prompt("greet", Map.of("name", "Ann")).isResult();
    assertEquals("Ann", text(server().getAttributes(), "gen_ai.prompt.variable.name"));
  }

  /** Takes the answer and forgets it. */
  private static final class Ignored implements HttpReply {
    @Override
    public void send(int status, HttpHeaders headers, byte[] body) {}

    @Override
    public Stream stream(int status, HttpHeaders headers) {
      throw new AssertionError("no stream is needed");
    }
  }
}
