package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.lambda.runtime.RuntimeResponse;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.transport.FailureLog;
import dev.statelessmcp.transport.LegacyClient;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * The way of an event: what it is, who calls, how long there is, the server, and the answer in the
 * shape that the sender expects. Safe from any number of threads.
 */
final class McpFunction {
  static final HttpHeaders JSON = HttpHeaders.of("Content-Type", "application/json");

  /** A little more than Lambda lets through, so that it is never this that refuses an event. */
  private static final JsonLimits EVENT = new JsonLimits(8 << 20, 128, 8 << 20);

  private final McpServer server;
  private final LambdaSettings settings;
  private final Map<String, String> environment;
  private final StreamableHttp endpoint;
  private final TimedCalls calls;

  McpFunction(
      McpServer server,
      LambdaSettings settings,
      Map<String, String> environment,
      TimedCalls calls) {
    this.server = Objects.requireNonNull(server, "server");
    this.settings = settings;
    this.environment = environment;
    this.calls = calls;
    StreamableHttp.Builder builder = StreamableHttp.builder(server)
        .path(settings.path())
        .origins(settings.origins())
        .authenticator(settings.authenticator())
        .limits(settings.limits());
    settings.documents().forEach(builder::document);
    endpoint = builder.build();
  }

  /**
   * Serves an event.
   *
   * @param event the event as it came
   * @param response takes the answer
   * @param streams whether the answer may be streamed
   * @param context of the invocation; null outside of Lambda
   * @param handler serves what carries no MCP
   * @throws Exception what the handler throws, and where the sender wants an exception
   */
  void serve(
      byte[] event,
      RuntimeResponse response,
      boolean streams,
      Context context,
      McpLambdaHandler handler)
      throws Exception {
    // Asked first: the arguments are the model's, and may look like any event, with any caller in
    // it
    ClientContext client = context == null ? null : context.getClientContext();
    String tool = client == null ? null : AgentCore.tool(client);
    JsonNode tree;
    try {
      tree = Json.read(event, EVENT);
    } catch (JsonSyntaxException e) {
      if (tool != null) {
        throw AgentCore.parseError(e);
      }
      JsonRpcError error =
          new JsonRpcError(ErrorCode.PARSE_ERROR, "Parse error: " + e.getMessage());
      response.send(JsonRpcCodec.write(new JsonRpcMessage.Failure(null, error)));
      return;
    }
    InvocationLog log = new InvocationLog(context);
    if (tool != null) {
      Sent sent = new Sent(EventSource.AGENTCORE_GATEWAY, tree, event.length);
      JsonNode answer = serveMessage(AgentCore.message(tool, tree), sent, context, log);
      response.send(AgentCore.result(answer));
      return;
    }
    HttpEvent http = tree instanceof ObjectNode object ? HttpEvent.of(object) : null;
    if (http != null) {
      serveHttp(http, response, streams, context, log);
    } else if (UnsupportedEventException.isForeign(tree)) {
      response.send(Json.write(handler.otherEvent(tree, context)));
    } else {
      Sent sent = new Sent(EventSource.DIRECT, tree, event.length);
      response.send(Answers.of(serveMessage(tree, sent, context, log), tree, log));
    }
  }

  /** An event without HTTP, as it came. */
  private record Sent(EventSource source, JsonNode event, int bytes) {}

  /** Lets go of what must not be in a snapshot. */
  void beforeCheckpoint() {
    calls.endIdle();
  }

  /**
   * Serves an HTTP event, and collects the answer.
   *
   * @param event the event
   * @param known what else handlers may ask for
   * @param context of the invocation; null outside of Lambda
   * @return the answer in the shape of the event
   */
  ObjectNode answer(HttpEvent event, Attributes known, Context context) {
    return answer(event, known, context, new InvocationLog(context));
  }

  private void serveHttp(
      HttpEvent event,
      RuntimeResponse response,
      boolean streams,
      Context context,
      InvocationLog log)
      throws IOException {
    // Only these two can be set to stream; which of them is, the event does not say
    boolean live = streams
        && (event.source() == EventSource.FUNCTION_URL || event.source() == EventSource.REST_API);
    if (!live) {
      response.send(Json.write(answer(event, Attributes.NONE, context, log)));
      return;
    }
    LambdaReply reply = StreamedReply.to(response, settings.deadlines().of(context, event, true));
    RequestLog requests = new RequestLog(log, event.source());
    serve(event, Attributes.NONE, reply, context, requests, log);
    requests.end(reply.status(), reply.refusal());
  }

  private ObjectNode answer(HttpEvent event, Attributes known, Context context, InvocationLog log) {
    if (event.isHealthCheck()) {
      return event.answer(200, JSON, Json.write(Json.object().put("status", "ok")));
    }
    CollectedReply reply = new CollectedReply(settings.deadlines().of(context, event, false));
    RequestLog requests = new RequestLog(log, event.source());
    serve(event, known, reply, context, requests, log);
    requests.end(reply.status(), reply.refusal());
    return Answers.of(event, reply, settings.limits(), log);
  }

  private void serve(
      HttpEvent event,
      Attributes known,
      LambdaReply reply,
      Context context,
      RequestLog requests,
      InvocationLog log) {
    Context own = CallContext.of(context, log, environment);
    Invocation invocation =
        new Invocation(event.source(), event.event, event.requestId(), event.sourceIp(), own, log);
    Attributes attributes = attributes(known, invocation, requests);
    HttpCall call = new HttpCall(endpoint, settings, event, attributes, reply, log);
    try {
      calls.run(call, reply, context, requests, log);
    } catch (Throwable e) {
      rethrowIfFatal(e);
      log.log("a request failed", e);
      reply.answerIfNobodyDid(500, "Internal error");
    }
  }

  /**
   * A message without HTTP around it: JSON-RPC in, JSON-RPC out, and an empty object for nothing.
   */
  private JsonNode serveMessage(JsonNode message, Sent sent, Context context, InvocationLog log) {
    EventSource source = sent.source();
    RequestLog requests = new RequestLog(log, source);
    JsonRpcPayload payload;
    try {
      payload = JsonRpcCodec.payload(message);
    } catch (MalformedMessageException e) {
      requests.end(400, e.failure().error());
      return JsonRpcCodec.toJson(e.failure());
    }
    int maxBytes = settings.limits().maxBytes();
    if (sent.bytes() > maxBytes) {
      JsonRpcError error = new JsonRpcError(
          ErrorCode.INVALID_REQUEST,
          "Invalid request: the message is larger than " + maxBytes + " bytes");
      requests.end(413, error);
      return JsonRpcCodec.failures(payload, error);
    }
    Context own = CallContext.of(context, log, environment);
    Invocation invocation = new Invocation(source, sent.event(), null, null, own, log);
    Attributes attributes = attributes(Attributes.NONE, invocation, requests);
    // AgentCore Gateway takes what the newest legacy revision has; other senders do not say
    LegacyClient client = source == EventSource.AGENTCORE_GATEWAY
        ? LegacyClient.of(ProtocolVersion.NEWEST_LEGACY)
        : LegacyClient.UNKNOWN;
    long deadline = settings.deadlines().of(context, null, false);
    DirectAnswer answer = new DirectAnswer(server, payload, client, attributes, deadline);
    try {
      calls.run(answer, answer, context, requests, log);
    } catch (Throwable e) {
      rethrowIfFatal(e);
      log.log("a request failed", e);
      answer.fail("Internal error");
    }
    requests.end(200, null);
    return answer.json();
  }

  private static Attributes attributes(
      Attributes known, Invocation invocation, RequestLog requests) {
    Context context = invocation.context().orElse(null);
    String xray = CallContext.traceIdOf(context);
    return known
        .with(Context.class, context)
        .with(Invocation.class, invocation)
        .with(Observer.class, requests)
        .with(FailureLog.class, invocation.log())
        .with(TraceContext.class, xray == null ? null : new TraceContext(null, null, null, xray));
  }

  static byte[] failure(String message) {
    return JsonRpcCodec.write(
        new JsonRpcMessage.Failure(null, new JsonRpcError(ErrorCode.INTERNAL_ERROR, message)));
  }

  /** The runtime replaces a process that is in no state to answer. */
  private static void rethrowIfFatal(Throwable e) {
    if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
      throw fatal;
    }
  }
}
