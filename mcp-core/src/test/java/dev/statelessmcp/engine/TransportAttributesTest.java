package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.FailureLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a transport knows of a request, and what of it means something to the core. */
class TransportAttributesTest {
  private final List<String> seen = new ArrayList<>();
  private final List<ToolCall> calls = new ArrayList<>();
  private final CancellationSource cancellation = new CancellationSource();
  private final McpServer server = McpServer.named("n", "1")
      .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> {
        calls.add(call);
        seen.add("handler");
        if (in.has("fail")) {
          throw new IllegalStateException("boom");
        }
        return ToolResult.text("x");
      }))
      .resource(Resource.of("r:///1", "r", call -> {
        throw new IllegalStateException("boom");
      }))
      .observer(recording("server's"))
      .build();

  private Observer recording(String name) {
    return operation -> {
      seen.add(name + " before " + operation.name().orElseThrow());
      return (result, failure) -> seen.add(name + (failure == null ? " after" : " failed"));
    };
  }

  private JsonNode send(String method, String params, Attributes attributes, String... headers) {
    Exchange exchange = new Exchange() {
      @Override
      public Attributes attributes() {
        return attributes;
      }

      @Override
      public Cancellation cancellation() {
        return cancellation;
      }

      @Override
      public Map<String, List<String>> headers() {
        return headers.length == 0 ? Map.of() : Map.of(headers[0], List.of(headers[1]));
      }
    };
    return JsonRpcCodec.toJson(server.handle(
        new JsonRpcMessage.Request(RequestId.of(1), method, TestClient.json(params)), exchange));
  }

  private JsonNode call(String more, Attributes attributes, String... headers) {
    return send("tools/call", "{'name':'t'" + more + "}", attributes, headers);
  }

  @Test
  void handlersSeeThem() {
    Attributes attributes = Attributes.NONE.with(String.class, "a");
    call("", attributes);
    assertSame(attributes, calls.get(0).attributes());
    call("", Attributes.NONE);
    assertTrue(calls.get(1).attributes().get(String.class).isEmpty());
  }

  @Test
  void theTransportsObserverIsOutermost() {
    call("", Attributes.NONE.with(Observer.class, recording("own")));
    assertEquals(
        List.of("own before t", "server's before t", "handler", "server's after", "own after"),
        seen);
  }

  @Test
  void failuresGoToTheTransportsLogWithTheReferenceThatTheClientGets() {
    List<String> logged = new ArrayList<>();
    FailureLog log = (message, failure) -> logged.add(message + ": " + failure.getMessage());
    JsonNode answer = call(",'arguments':{'fail':1}", Attributes.NONE.with(FailureLog.class, log));
    String message = answer.at("/error/message").textValue();
    String reference = message.substring(message.indexOf("ref"), message.length() - 1);
    assertEquals(List.of(reference + ": tools/call t failed: boom"), logged);
    assertFalse(message.contains("boom"), message);
  }

  /** In a request without a name, a client may send any value in the member {@code name}. */
  @Test
  void logHasNoInvalidName() {
    List<String> logged = new ArrayList<>();
    FailureLog log = (message, failure) -> logged.add(message);
    send(
        "resources/read",
        "{'uri':'r:///1','name':'a made-up name'}",
        Attributes.NONE.with(FailureLog.class, log));
    assertEquals(1, logged.size());
    assertTrue(logged.get(0).endsWith(": resources/read r:///1 failed"), logged.get(0));
    assertFalse(logged.get(0).contains("made-up"), logged.get(0));
  }

  @Test
  void theTransportKnowsTheTraceWhereTheRequestIsSilentAndKnowsXrayBest() {
    TraceContext known = new TraceContext("00-t", "t=1", "b=1", "Root=1-t");
    Attributes attributes = Attributes.NONE.with(TraceContext.class, known);
    call("", attributes);
    assertEquals(known, calls.get(0).trace());
    call("", attributes, "traceparent", "00-h");
    assertEquals(
        new TraceContext("00-h", "t=1", "b=1", "Root=1-t"), calls.get(1).trace());
    call(",'_meta':{'traceparent':'00-m'}", attributes, "traceparent", "00-h");
    assertEquals("00-m", calls.get(2).trace().traceparent());
    call("", attributes, "x-amzn-trace-id", "Root=1-h");
    assertEquals("Root=1-t", calls.get(3).trace().xray());
    call("", Attributes.NONE, "x-amzn-trace-id", "Root=1-h");
    assertEquals(new TraceContext(null, null, null, "Root=1-h"), calls.get(4).trace());
    call("", Attributes.NONE);
    assertSame(TraceContext.NONE, calls.get(5).trace());
  }

  @Test
  void callCancelledBeforeItsStartIsNotRun() {
    cancellation.cancel();
    assertTrue(call("", Attributes.NONE).has("error"));
    assertEquals(List.of(), seen);
    assertFalse(Thread.currentThread().isInterrupted());
  }
}
