package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.transport.Exchange;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The exchange of a run of a task, which has no transport. */
final class RunExchange implements Exchange {
  private final TaskRun run;
  private final Caller caller;
  private final @Nullable Instant deadline;
  private final Attributes attributes;

  /**
   * Creates it.
   *
   * @param trace that of the request which created the task
   */
  RunExchange(
      TaskRun run,
      TaskState state,
      JsonNode trace,
      @Nullable Instant deadline,
      Attributes attributes) {
    this.run = run;
    this.deadline = deadline;
    this.caller = caller(state.json().path("caller"));
    this.attributes = attributes
        .with(
            TraceContext.class,
            new TraceContext(
                trace.path("traceparent").textValue(),
                trace.path("tracestate").textValue(),
                trace.path("baggage").textValue(),
                null))
        .with(TaskRun.class, run);
  }

  /** The stored form of a caller. */
  static ObjectNode toJson(Caller caller) {
    ObjectNode json =
        Json.object().put("identity", caller.identity()).put("principal", caller.principal());
    for (String scope : caller.scopes()) {
      json.withArrayProperty("scopes").add(scope);
    }
    if (!caller.claims().isEmpty()) {
      json.set("claims", caller.claims().deepCopy());
    }
    return json;
  }

  /** A trace as it is stored. */
  static ObjectNode toJson(TraceContext trace) {
    return Json.object()
        .put("traceparent", trace.traceparent())
        .put("tracestate", trace.tracestate())
        .put("baggage", trace.baggage());
  }

  private static Caller caller(JsonNode json) {
    Set<String> scopes = new LinkedHashSet<>();
    for (JsonNode scope : json.path("scopes")) {
      scopes.add(scope.asText());
    }
    ObjectNode claims = json.get("claims") instanceof ObjectNode object ? object : Json.object();
    return new Caller(json.path("principal").asText(), scopes, claims);
  }

  @Override
  public String transport() {
    return "task";
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public Cancellation cancellation() {
    return run.cancellation();
  }

  @Override
  public Optional<Instant> deadline() {
    return Optional.ofNullable(deadline);
  }

  @Override
  public Attributes attributes() {
    return attributes;
  }
}
