package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.lambda.event.EventSource;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.transport.FailureLog;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One invocation of the function. Tools and interceptors find it among the attributes of their
 * call:
 *
 * <pre>{@code
 * call.attributes().get(Invocation.class).map(Invocation::requestId)
 * }</pre>
 *
 * <p>Lambda's {@code Context} is also an attribute. Thread-safe.
 */
public final class Invocation {
  private final EventSource source;
  private final JsonNode event;
  private final @Nullable String gatewayRequestId; // null if unknown
  private final @Nullable String sourceIp; // null if unknown
  private final @Nullable Context context; // null outside of Lambda
  private final InvocationLog log;
  private final RequestLog requests;
  private final LambdaSettings settings;
  private final Attributes attributes;

  /**
   * Creates an invocation.
   *
   * @param http the event as an HTTP event; null if it is not one
   * @param context Lambda's context; null outside of Lambda
   * @param known attributes of its calls, to which those of the invocation are added
   */
  Invocation(
      EventSource source,
      JsonNode event,
      @Nullable HttpEvent http,
      @Nullable Context context,
      Attributes known,
      LambdaSettings settings,
      Map<String, String> environment) {
    this.source = source;
    this.event = event;
    gatewayRequestId = http == null ? null : http.requestId();
    sourceIp = http == null ? null : http.sourceIp();
    log = new InvocationLog(context);
    requests = new RequestLog(log, source);
    this.settings = settings;
    this.context = HandlerContext.of(context, log, environment);
    String xray = HandlerContext.traceIdOf(context);
    attributes = known
        .with(Context.class, this.context)
        .with(Invocation.class, this)
        .with(Observer.class, requests)
        .with(FailureLog.class, log)
        .with(TraceContext.class, xray == null ? null : new TraceContext(null, null, null, xray));
  }

  /**
   * The sender of the event.
   *
   * @return the source; never null
   */
  public EventSource source() {
    return source;
  }

  /**
   * The event, including stage variables and cookies. From a handler of typed events it has only
   * the members of the event's class.
   *
   * @return never null; must not be changed
   */
  public JsonNode event() {
    return event;
  }

  /**
   * Lambda's id of the invocation, which every log line has.
   *
   * @return the id; empty outside of Lambda, never null
   */
  public String requestId() {
    return log.requestId();
  }

  /**
   * The gateway's id of the request, which its access log has.
   *
   * @return the id; empty if the event has none
   */
  public Optional<String> gatewayRequestId() {
    return Optional.ofNullable(gatewayRequestId);
  }

  /**
   * The client's address, as the gateway saw it; the address of the proxy if the client uses one.
   *
   * @return the IP address; empty if the event has none
   */
  public Optional<String> sourceIp() {
    return Optional.ofNullable(sourceIp);
  }

  /**
   * Lambda's context. Lines of its logger have the id of the invocation, on every thread.
   *
   * @return the context; empty if a test passed none
   */
  public Optional<Context> context() {
    return Optional.ofNullable(context);
  }

  InvocationLog log() {
    return log;
  }

  /** The log of the operations of this invocation. */
  RequestLog requests() {
    return requests;
  }

  /** The settings of the function. */
  LambdaSettings settings() {
    return settings;
  }

  /** The attributes of its calls. */
  Attributes attributes() {
    return attributes;
  }
}
