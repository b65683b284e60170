package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * One invocation of the function, which tools and interceptors find among the attributes of their
 * call:
 *
 * <pre>{@code
 * call.attributes().get(Invocation.class).map(Invocation::requestId)
 * }</pre>
 *
 * <p>{@code Context} is an attribute of its own too. Safe from any number of threads.
 */
public final class Invocation {
  private final EventSource source;
  private final JsonNode event;
  private final String gatewayRequestId;
  private final String sourceIp;
  private final Context context;
  private final InvocationLog log;

  Invocation(
      EventSource source,
      JsonNode event,
      String gatewayRequestId,
      String sourceIp,
      Context context,
      InvocationLog log) {
    this.source = source;
    this.event = event;
    this.gatewayRequestId = gatewayRequestId;
    this.sourceIp = sourceIp;
    this.context = context;
    this.log = log;
  }

  /**
   * What sent the event.
   *
   * @return the source; never null
   */
  public EventSource source() {
    return source;
  }

  /**
   * The event as it came, with the stage variables, the cookies, and whatever else a sender puts
   * there. A handler of typed events has of it what the event's class has.
   *
   * @return never null, and not to be changed
   */
  public JsonNode event() {
    return event;
  }

  /**
   * The id of the invocation, under which the log has it.
   *
   * @return Lambda's request id; empty outside of Lambda, never null
   */
  public String requestId() {
    return log.requestId();
  }

  /**
   * The id by which the gateway knows the request, for its access log.
   *
   * @return the id, where there is a gateway that gives one
   */
  public Optional<String> gatewayRequestId() {
    return Optional.ofNullable(gatewayRequestId);
  }

  /**
   * The address that the request came from, as the gateway saw it. A client that itself stands
   * behind a proxy is not seen.
   *
   * @return the IP address, where there is a gateway that tells it
   */
  public Optional<String> sourceIp() {
    return Optional.ofNullable(sourceIp);
  }

  /**
   * Lambda's context. Lines that go to its logger have the id of the invocation, on any thread.
   *
   * @return the context; empty where a test passed none
   */
  public Optional<Context> context() {
    return Optional.ofNullable(context);
  }

  InvocationLog log() {
    return log;
  }
}
