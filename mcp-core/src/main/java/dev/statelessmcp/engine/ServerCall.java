package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.protocol.RequestMeta;
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
   * The trace that the request is part of: {@code _meta} counts, the headers where it is silent,
   * and the transport where they are. Of X-Ray the transport knows best: its header names the
   * segment of the gateway, the transport that of the function.
   *
   * @return never null
   */
  public TraceContext trace() {
    TraceContext known = exchange.attributes().get(TraceContext.class).orElse(TraceContext.NONE);
    String traceparent = trace("traceparent", known.traceparent());
    String tracestate = trace("tracestate", known.tracestate());
    String baggage = trace("baggage", known.baggage());
    String xray = known.xray() != null ? known.xray() : header("x-amzn-trace-id");
    boolean none = traceparent == null && tracestate == null && baggage == null && xray == null;
    return none ? TraceContext.NONE : new TraceContext(traceparent, tracestate, baggage, xray);
  }

  private String trace(String name, String known) {
    String inMeta = meta.json().path(name).textValue();
    String said = inMeta != null ? inMeta : header(name);
    return said != null ? said : known;
  }

  private String header(String name) {
    List<String> values = exchange.headers().get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }
}
