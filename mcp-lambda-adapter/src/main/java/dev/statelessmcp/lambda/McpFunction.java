package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.http.HttpDocument;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.lambda.event.EventSource;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.lambda.runtime.RuntimeResponse;
import dev.statelessmcp.protocol.ErrorCode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Serves events: recognises each event, and runs its call within the deadline. Thread-safe. */
final class McpFunction {
  /** The gateway has checked the host. */
  private static final List<String> ANY_HOST = List.of("*");

  static final HttpHeaders JSON = HttpHeaders.of("Content-Type", "application/json");

  private final McpServer server;
  private final LambdaSettings settings;
  private final Map<String, String> environment;
  private final StreamableHttp endpoint;
  private final CallRunner runner;
  private final boolean logsRequests;

  McpFunction(
      McpServer server,
      LambdaSettings settings,
      Map<String, String> environment,
      CallRunner runner) {
    this.server = Objects.requireNonNull(server, "server");
    this.settings = settings;
    this.environment = environment;
    this.runner = runner;
    logsRequests = server.port().logsRequests(true);
    StreamableHttp.Builder builder = StreamableHttp.builder(server)
        .path(settings.path())
        .allowedHosts(ANY_HOST)
        .allowedOrigins(settings.origins())
        .allowedHeaders(settings.allowedHeaders())
        .authenticator(settings.authenticator())
        .limits(settings.limits());
    for (Map.Entry<String, Function<HttpRequest, @Nullable HttpDocument>> document :
        settings.documents().entrySet()) {
      builder.document(document.getKey(), document.getValue());
    }
    endpoint = builder.build();
  }

  /**
   * Serves an event.
   *
   * @param event the event
   * @param bytes the size of the event; negative if it is not known
   * @param known attributes for the handlers
   * @param context the context of the invocation; null outside of Lambda
   * @param response receives a streamed answer; null on a runtime that does not stream
   * @return the answer; null if the event carries no MCP
   * @throws AgentCoreException if AgentCore Gateway called a tool and there is no result
   */
  @Nullable
  Answer serve(
      JsonNode event,
      int bytes,
      Attributes known,
      @Nullable Context context,
      @Nullable RuntimeResponse response) {
    // First, because the arguments are chosen by the model: they may look like any event and caller
    ClientContext client = context == null ? null : context.getClientContext();
    String tool = client == null ? null : AgentCoreCall.tool(client);
    HttpEvent http =
        tool == null && event instanceof ObjectNode object ? HttpEvent.of(object) : null;
    if (http != null && http.isHealthCheck()) {
      return new Answer(http.answer(200, JSON, Json.write(Json.object().put("status", "ok"))));
    }
    if (http == null && tool == null && UnsupportedEventException.isForeign(event)) {
      return null;
    }
    Invocation invocation =
        new Invocation(source(http, tool), event, http, context, known, settings, environment);
    invocation.requests().enable(logsRequests);
    EventCall call = http != null
        ? httpCall(http, invocation, response)
        : messageCall(tool, event, bytes, invocation);
    if (!call.isAnswered()) {
      try {
        runner.run(call, server.port());
      } catch (Throwable e) {
        call.fail();
        invocation.log().log("A request failed", e);
      }
    }
    invocation.requests().end(call.status(), call.refusal());
    invocation.log().rethrowFatal();
    long size = call.size();
    int limit = invocation.source().maxResponseBytes();
    return size <= limit ? call.answer() : call.answer(tooLarge(size, limit, invocation));
  }

  private static EventSource source(@Nullable HttpEvent http, @Nullable String tool) {
    if (http != null) {
      return http.source();
    }
    return tool == null ? EventSource.DIRECT : EventSource.AGENTCORE_GATEWAY;
  }

  private EventCall httpCall(
      HttpEvent event, Invocation invocation, @Nullable RuntimeResponse response) {
    // Only these two can be configured to stream; the event does not show whether they are
    boolean streams =
        event.source() == EventSource.FUNCTION_URL || event.source() == EventSource.REST_API;
    return streams && response != null
        ? StreamedCall.to(response, endpoint, event, invocation)
        : new HttpCall(endpoint, event, invocation, false);
  }

  private EventCall messageCall(
      @Nullable String tool, JsonNode event, int bytes, Invocation invocation) {
    int size = bytes < 0 ? Json.write(event).length : bytes;
    return tool == null
        ? new MessageCall(server, event, size, invocation)
        : AgentCoreCall.of(server, tool, event, size, invocation);
  }

  /** Logged here, because the operation succeeded and its log line says so. */
  private static JsonRpcError tooLarge(long size, int limit, Invocation invocation) {
    InvocationLog log = invocation.log();
    ObjectNode line = log.line(LogLevel.ERROR, "An answer is too large; an error is sent instead");
    line.put("source", invocation.source().name()).put("bytes", size).put("limit", limit);
    log.write(LogLevel.ERROR, line);
    return new JsonRpcError(
        ErrorCode.INTERNAL_ERROR,
        "The result is too large: the answer has " + size + " bytes, the limit is " + limit
            + "; request less data");
  }

  /** Renews state that may be outdated since the snapshot was taken. */
  void afterRestore() {
    settings.authenticator().prepare();
  }

  /** Releases state that must not be in a snapshot. */
  void beforeCheckpoint() {
    runner.endIdle();
  }
}
