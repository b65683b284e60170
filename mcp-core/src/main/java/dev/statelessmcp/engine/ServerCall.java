package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.engine.era.ProtocolEra;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Cancellation;
import dev.statelessmcp.transport.Exchange;
import java.util.List;

/**
 * One request being served.
 *
 * @param request the request
 * @param meta what it says about itself
 * @param exchange what the transport supplies
 * @param cancellation asked of the exchange once
 * @param era the era that serves it
 */
public record ServerCall(
    JsonRpcMessage.Request request,
    RequestMeta meta,
    Exchange exchange,
    Cancellation cancellation,
    ProtocolEra era) {

  /**
   * The parameters of the request.
   *
   * @return never null
   */
  public ObjectNode params() {
    return request.params();
  }

  /**
   * What the request is about: a tool, a prompt, a resource.
   *
   * @return its name or URI; null if there is none
   */
  public String target() {
    String member = switch (request.method()) {
      case "tools/call", "prompts/get" -> "name";
      case "resources/read", "resources/subscribe", "resources/unsubscribe" -> "uri";
      default -> null;
    };
    return member == null ? null : params().path(member).textValue();
  }

  /**
   * The trace that the request is part of: {@code _meta} counts, and the headers where it is
   * silent.
   *
   * @return never null
   */
  public TraceContext trace() {
    TraceContext trace = new TraceContext(
        trace("traceparent"), trace("tracestate"), trace("baggage"), header("x-amzn-trace-id"));
    return trace.equals(TraceContext.NONE) ? TraceContext.NONE : trace;
  }

  private String trace(String name) {
    String inMeta = meta.json().path(name).textValue();
    return inMeta != null ? inMeta : header(name);
  }

  private String header(String name) {
    List<String> values = exchange.headers().get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }
}
