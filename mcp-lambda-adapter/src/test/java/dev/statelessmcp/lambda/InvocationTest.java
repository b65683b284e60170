package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.http.HttpVersion;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.event.EventSource;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a tool can know of its invocation. */
class InvocationTest {
  private final AtomicReference<Attributes> attributes = new AtomicReference<>();
  private final AtomicReference<TraceContext> trace = new AtomicReference<>();
  private final TestContext context = new TestContext("id-7");
  private final TestFunction function = new TestFunction(
      McpServer.named("t", "1")
          .tool(Tool.ofSchema("t", "", "{\"type\":\"object\"}", (in, call) -> {
            attributes.set(call.attributes());
            trace.set(call.trace());
            return ToolResult.text("x");
          }))
          .build(),
      LambdaSettings.defaults());

  private Invocation invocation() {
    return attributes.get().get(Invocation.class).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void isThereForEverySender(EventShape shape) {
    Map<String, String> headers = Messages.headers("X-Forwarded-For", "6.6.6.6, 203.0.113.7");
    ObjectNode event = shape.event("POST", "/mcp", headers, Json.text(Messages.call(1, "t", "{}")));
    event.put("extra", "member");
    boolean gateway = shape.source().isApiGateway() || shape.source() == EventSource.FUNCTION_URL;
    if (gateway) {
      ObjectNode about = event.withObjectProperty("requestContext").put("requestId", "gw-1");
      about.withObjectProperty("http").remove("sourceIp");
      if (shape == EventShape.REST_API || shape == EventShape.HTTP_API_1) {
        about.remove("http");
        about.put("protocol", "HTTP/1.1").putObject("identity").put("sourceIp", "203.0.113.7");
      } else {
        about.withObjectProperty("http").put("protocol", "HTTP/1.1").put("sourceIp", "203.0.113.7");
      }
    }
    function.invoke(event, context);
    assertEquals(shape.source(), invocation().source());
    assertEquals("id-7", invocation().requestId());
    assertEquals(gateway ? "gw-1" : "-", invocation().gatewayRequestId().orElse("-"));
    assertEquals("203.0.113.7", invocation().sourceIp().orElseThrow());
    InetSocketAddress client = attributes.get().get(InetSocketAddress.class).orElseThrow();
    assertEquals("203.0.113.7", client.getHostString());
    assertEquals(0, client.getPort()); // which no event has
    assertEquals(
        gateway ? Optional.of(HttpVersion.HTTP_1_1) : Optional.empty(),
        attributes.get().get(HttpVersion.class));
    assertEquals("member", invocation().event().get("extra").textValue());
    assertSame(context, invocation().context().orElseThrow());
    assertSame(context, attributes.get().get(Context.class).orElseThrow());
  }

  @Test
  void isThereForADirectMessageAndForAgentCore() {
    ObjectNode call = Messages.call(1, "t", "{}").put("extra", "member");
    function.invoke(call, context);
    assertEquals(EventSource.DIRECT, invocation().source());
    assertEquals(call, invocation().event());
    function.invoke("{\"a\":1}", context.agentCore("x___t"));
    assertEquals(EventSource.AGENTCORE_GATEWAY, invocation().source());
    assertEquals("{\"a\":1}", invocation().event().toString());
    assertEquals("id-7", invocation().requestId());
  }

  @Test
  void isThereWithoutAContextToo() {
    function.invoke(Messages.call(1, "t", "{}"));
    assertEquals("", invocation().requestId());
    assertEquals(true, invocation().context().isEmpty());
    assertEquals(true, attributes.get().get(Context.class).isEmpty());
  }

  private TraceContext trace(TestContext of, ObjectNode call, String... headers) {
    function.invoke(
        EventShape.REST_API.event("POST", "/mcp", Messages.headers(headers), Json.text(call)), of);
    return trace.get();
  }

  @Test
  void theTraceOfTheInvocationComesBeforeTheHeader() {
    ObjectNode call = Messages.call(1, "t", "{}");
    String header = "Root=1-gateway";
    assertEquals(header, trace(context, call, "X-Amzn-Trace-Id", header).xray());
    context.xray("Root=1-function;Parent=x");
    assertEquals(
        "Root=1-function;Parent=x",
        trace(context, call, "X-Amzn-Trace-Id", header).xray());
    function.invoke(call, context);
    assertEquals("Root=1-function;Parent=x", trace.get().xray());
  }

  @Test
  void theTraceOfTheMessageComesBeforeTheHeader() {
    ObjectNode call = Messages.call(1, "t", "{}");
    TraceContext ofHeader = trace(context, call, "traceparent", "00-h", "tracestate", "h=1");
    assertEquals(new TraceContext("00-h", "h=1", null, null), ofHeader);
    call.withObjectProperty("params").putObject("_meta").put("traceparent", "00-m");
    assertEquals("00-m", trace(context, call, "traceparent", "00-h").traceparent());
    assertEquals("00-m", trace(context, call).traceparent());
  }
}
