package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.transport.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A message that is being served, as interceptors see it. */
abstract class ServedMessage implements Operation {
  final ServerDefinition server;
  final Exchange exchange;
  private final long startNanos = System.nanoTime();

  ServedMessage(ServerDefinition server, Exchange exchange) {
    this.server = server;
    this.exchange = exchange;
  }

  /** Serves the message after all interceptors. */
  abstract ObjectNode proceed() throws Exception;

  /** The {@code _meta} of the message; empty if there is none. */
  abstract ObjectNode metaJson();

  ServerDefinition server() {
    return server;
  }

  Exchange exchange() {
    return exchange;
  }

  /** Runs the interceptors, that of the transport first, and then {@link #proceed}. */
  final ObjectNode intercepted() throws Exception {
    Observer own = exchange.attributes().get(Observer.class).orElse(null);
    if (own == null && server.interceptors().isEmpty()) {
      return proceed();
    }
    List<Interceptor> all = new ArrayList<>(server.interceptors().size() + 1);
    if (own != null) {
      all.add(new ObservingInterceptor(own));
    }
    all.addAll(server.interceptors());
    return new InterceptorChain(this, all, 0).call();
  }

  /** Passes a message between the beginning and the end to observers. */
  final void between(boolean toClient, String method, ObjectNode content) {
    List<Interceptor> interceptors = server.interceptors();
    for (int i = 0; i < interceptors.size(); i++) {
      if (interceptors.get(i) instanceof ObservingInterceptor observing) {
        observing.between(this, toClient, method, content);
      }
    }
  }

  /** Sends a notification of the handler. */
  final void send(String method, ObjectNode params) {
    between(true, method, params);
    // A handler may have left an interrupt set; a blocking write would fail
    // with it as if the client had gone, and a channel would be closed
    boolean interrupted = Thread.interrupted();
    try {
      exchange.send(new JsonRpcMessage.Notification(method, params));
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public final Caller caller() {
    return exchange.caller();
  }

  @Override
  public final String transport() {
    return exchange.transport();
  }

  @Override
  public final Map<String, List<String>> headers() {
    return exchange.headers();
  }

  @Override
  public final Attributes attributes() {
    return exchange.attributes();
  }

  @Override
  public final Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /**
   * {@code _meta} takes precedence, then the headers, then the transport. For X-Ray the transport
   * takes precedence: the header names the segment of the gateway, the transport that of the
   * function.
   */
  @Override
  public final TraceContext trace() {
    TraceContext known = exchange.attributes().get(TraceContext.class).orElse(TraceContext.NONE);
    String traceparent = trace("traceparent", known.traceparent());
    String tracestate = trace("tracestate", known.tracestate());
    String baggage = trace("baggage", known.baggage());
    String xray = known.xray() != null ? known.xray() : header("x-amzn-trace-id");
    boolean none = traceparent == null && tracestate == null && baggage == null && xray == null;
    return none ? TraceContext.NONE : new TraceContext(traceparent, tracestate, baggage, xray);
  }

  private @Nullable String trace(String name, @Nullable String known) {
    String inMeta = metaJson().path(name).textValue();
    String inRequest = inMeta != null ? inMeta : header(name);
    return inRequest != null ? inRequest : known;
  }

  private @Nullable String header(String name) {
    List<String> values = exchange.headers().get(name);
    return values == null || values.isEmpty() ? null : values.get(0);
  }
}
