package dev.statelessmcp.opentelemetry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.http.HttpVersion;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Operation;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Creates a server span for each message, and records its duration in the histogram
 * {@code mcp.server.operation.duration}, in seconds. Spans that a handler starts are its children.
 * Refused requests are also recorded. Thread-safe.
 *
 * <pre>{@code
 * McpServer server = McpServer.named("weather", "1")
 *     .interceptor(McpTelemetry.of(GlobalOpenTelemetry.get()))
 *     .tool(...)
 *     .build();
 * }</pre>
 *
 * <p>The parent is the span in {@code _meta.traceparent}, with a link to the current span, such as
 * that of the HTTP request. Without one in {@code _meta} the parent is the current span, or else
 * that of the HTTP headers.
 *
 * <p>The address of the client and the version of HTTP are recorded if the transport knows them.
 * Behind a proxy they are those of the proxy, unless the server is configured to read forwarded
 * addresses.
 *
 * <p>Arguments and results are recorded only with {@link #withContent}.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/mcp.md">Semantic
 *     conventions for Model Context Protocol</a>
 */
public final class McpTelemetry implements Interceptor {
  private static final TextMapGetter<Map<String, String>> GETTER = new MapGetter();

  private final Tracer tracer;
  private final TextMapPropagator propagator;
  private final DoubleHistogram durations;
  private final boolean content;

  private McpTelemetry(
      Tracer tracer, TextMapPropagator propagator, DoubleHistogram durations, boolean content) {
    this.tracer = tracer;
    this.propagator = propagator;
    this.durations = durations;
    this.content = content;
  }

  /**
   * Creates the interceptor. Add it first, so that it records the effects of others.
   *
   * @param openTelemetry receives spans and metrics; not null
   * @return the interceptor
   */
  public static McpTelemetry of(OpenTelemetry openTelemetry) {
    Objects.requireNonNull(openTelemetry, "openTelemetry");
    DoubleHistogram durations = openTelemetry
        .getMeter(Names.SCOPE)
        .histogramBuilder(Names.DURATION)
        .setUnit("s")
        .setDescription("Duration of MCP requests and notifications, as the server sees it")
        .setExplicitBucketBoundariesAdvice(Names.BOUNDARIES)
        .build();
    return new McpTelemetry(
        openTelemetry.getTracer(Names.SCOPE),
        openTelemetry.getPropagators().getTextMapPropagator(),
        durations,
        false);
  }

  /**
   * Also records the arguments of tools and prompts and the results of tools, as attributes of the
   * span. They may be confidential and large.
   *
   * @return a new interceptor
   */
  public McpTelemetry withContent() {
    return new McpTelemetry(tracer, propagator, durations, true);
  }

  @Override
  public ObjectNode around(Operation operation, Callable<ObjectNode> next) throws Exception {
    Span span = start(operation);
    ObjectNode result = null;
    Throwable failure = null;
    Scope scope = span.makeCurrent();
    try {
      result = next.call();
      return result;
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      scope.close();
      end(operation, span, result, failure);
    }
  }

  /**
   * Passes the current span, such as that of the HTTP request, to the thread that runs the work.
   */
  @Override
  public Runnable carry(Runnable work) {
    return Context.current().wrap(work);
  }

  private Span start(Operation operation) {
    Optional<String> name = operation.name();
    SpanBuilder builder = tracer
        .spanBuilder(spanName(operation, name.filter(it -> isNamed(operation))))
        .setSpanKind(SpanKind.SERVER)
        .setAttribute(Names.METHOD, method(operation));
    parent(operation, builder);
    operation
        .requestId()
        .ifPresent(id -> builder.setAttribute(Names.REQUEST_ID, id.toJson().asText()));
    List<String> session = operation.headers().get("mcp-session-id");
    if (session != null) {
      builder.setAttribute(Names.SESSION, session.get(0));
    }
    operation.attributes().get(InetSocketAddress.class).ifPresent(from -> addClient(from, builder));
    if (operation.method().startsWith("resources/")) {
      name.ifPresent(uri -> builder.setAttribute(Names.RESOURCE, uri));
    }
    builder.setAllAttributes(common(operation, name.filter(it -> isNamed(operation))));
    if (content && isNamed(operation)) {
      addArguments(operation, builder);
    }
    return builder.startSpan();
  }

  private static void addClient(InetSocketAddress from, SpanBuilder builder) {
    InetAddress resolved = from.getAddress();
    builder.setAttribute(
        Names.CLIENT_ADDRESS, resolved == null ? from.getHostString() : resolved.getHostAddress());
    if (from.getPort() > 0) {
      builder.setAttribute(Names.CLIENT_PORT, (long) from.getPort());
    }
  }

  private static void addArguments(Operation operation, SpanBuilder builder) {
    JsonNode arguments = operation.params().path("arguments");
    if (operation.method().equals("prompts/get")) {
      arguments
          .properties()
          .forEach(each -> builder.setAttribute(
              Names.VARIABLE + each.getKey(), each.getValue().asText()));
    } else if (arguments.isObject()) {
      builder.setAttribute(Names.ARGUMENTS, Json.text(arguments));
    }
  }

  /** Whether the name is that of a tool or prompt; a server has few of these. */
  private static boolean isNamed(Operation operation) {
    return operation.method().equals("tools/call") || operation.method().equals("prompts/get");
  }

  private static String method(Operation operation) {
    return operation.method().isEmpty() ? Names.OTHER : operation.method();
  }

  private static String spanName(Operation operation, Optional<String> target) {
    return target.isPresent() ? method(operation) + " " + target.get() : method(operation);
  }

  private void parent(Operation operation, SpanBuilder builder) {
    Context current = Context.current();
    SpanContext ambient = Span.fromContext(current).getSpanContext();
    boolean inMeta = operation.params().path("_meta").path("traceparent").isTextual();
    if (!inMeta && ambient.isValid()) {
      return; // the current span becomes the parent
    }
    TraceContext trace = operation.trace();
    Map<String, String> carrier = new HashMap<>();
    carrier.put("traceparent", trace.traceparent());
    carrier.put("tracestate", trace.tracestate());
    carrier.put("baggage", trace.baggage());
    carrier.put("x-amzn-trace-id", trace.xray());
    carrier.values().removeIf(Objects::isNull);
    Context extracted = propagator.extract(current, carrier, GETTER);
    SpanContext remote = Span.fromContext(extracted).getSpanContext();
    builder.setParent(extracted);
    if (ambient.isValid() && !remote.equals(ambient)) {
      builder.addLink(ambient);
    }
  }

  private static Attributes common(Operation operation, Optional<String> target) {
    AttributesBuilder attributes = Attributes.builder();
    operation
        .requestMeta()
        .ifPresent(meta -> attributes.put(Names.VERSION, meta.version().toString()));
    if (operation.transport().equals("stdio")) {
      attributes.put(Names.TRANSPORT, "pipe");
    } else {
      attributes.put(Names.TRANSPORT, "tcp").put(Names.PROTOCOL, "http");
      operation
          .attributes()
          .get(HttpVersion.class)
          .ifPresent(version -> attributes.put(Names.PROTOCOL_VERSION, version.toString()));
    }
    if (operation.method().equals("tools/call")) {
      attributes.put(Names.OPERATION, "execute_tool");
    }
    target.ifPresent(name ->
        attributes.put(operation.method().equals("tools/call") ? Names.TOOL : Names.PROMPT, name));
    return attributes.build();
  }

  private void end(
      Operation operation, Span span, @Nullable ObjectNode result, @Nullable Throwable failure) {
    AttributesBuilder outcome = Attributes.builder();
    McpException answered = failure instanceof McpException known ? known : null;
    Optional<String> error = operation.errorType(result, failure);
    error.ifPresent(type -> outcome.put(Names.ERROR, type));
    if (error.isPresent()) {
      span.setStatus(StatusCode.ERROR, answered == null ? "" : answered.error().message());
    }
    if (answered != null) {
      outcome.put(Names.STATUS, Integer.toString(answered.error().code()));
    } else if (failure != null) {
      span.recordException(failure);
      if (!operation.isCancelled()) {
        outcome.put(Names.STATUS, Integer.toString(ErrorCode.INTERNAL_ERROR));
      }
    }
    Attributes how = outcome.build();
    span.setAllAttributes(how);
    if (content && result != null && operation.method().equals("tools/call")) {
      span.setAttribute(Names.RESULT, Json.text(result));
    }
    span.end();
    // An unknown name would create another series
    boolean known = !operation.isRefused() && answered == null;
    Optional<String> target = operation.name().filter(it -> known && isNamed(operation));
    boolean otherMethod = answered != null && answered.error().code() == ErrorCode.METHOD_NOT_FOUND;
    Attributes all = common(operation, target).toBuilder()
        .putAll(how)
        .put(Names.METHOD, otherMethod ? Names.OTHER : method(operation))
        .build();
    durations.record(operation.elapsed().toNanos() / 1e9, all);
  }

  /** Reads the trace context of a request. */
  private static final class MapGetter implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
      return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key.toLowerCase(Locale.ROOT));
    }
  }
}
