package dev.statelessmcp.lambda.typed;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.protocol.ErrorCode;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * Serves typed events with {@link McpLambdaHandler#serve}. Thread-safe.
 *
 * @param <E> the class of the event
 * @param <R> the class of the response
 */
abstract class TypedHandler<E, R> implements RequestHandler<E, R> {
  private final TypedFormat<E, R> format;
  private final Untyped untyped;

  TypedHandler(McpServer server, LambdaSettings settings, TypedFormat<E, R> format) {
    this.format = format;
    untyped = new Untyped(server, settings);
    format.read(format.empty()); // warms up the conversions
    failure();
  }

  /** The handler that serves the trees of the events. */
  private final class Untyped extends McpLambdaHandler {
    Untyped(McpServer server, LambdaSettings settings) {
      super(server, settings);
    }

    JsonNode answer(JsonNode event, Context context, Attributes attributes) {
      return serve(event, context, attributes);
    }

    @Override
    protected void beforeSnapshot() throws Exception {
      TypedHandler.this.beforeSnapshot();
    }

    @Override
    protected void afterSnapshot() throws Exception {
      TypedHandler.this.afterSnapshot();
    }
  }

  /**
   * Serves one event. Every failure becomes a JSON-RPC answer, also for an incomplete event.
   *
   * @param event the event; it and its members may be null
   * @param context the context of the invocation; null outside of Lambda, where calls have no
   *     deadline
   * @return the response; never null
   */
  @Override
  public R handleRequest(E event, Context context) {
    E known = event == null ? format.empty() : event;
    JsonNode answer;
    try {
      Attributes attributes = Attributes.NONE.with(format.type(), known);
      answer = untyped.answer(format.read(known), context, attributes);
    } catch (RuntimeException e) {
      log("An event could not be served", e, context);
      return failure();
    }
    // An invoker can claim to be AgentCore Gateway, and gets a bare result
    return answer.has("statusCode") ? format.write(answer) : failure();
  }

  private R failure() {
    JsonRpcError error = new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error");
    JsonNode message = JsonRpcCodec.toJson(new JsonRpcMessage.Failure(null, error));
    var answer = Json.object()
        .put("statusCode", 500)
        .put("statusDescription", "500 Internal Server Error")
        .put("body", Json.text(message))
        .put("isBase64Encoded", false);
    answer.putObject("headers").put("content-type", "application/json");
    return format.write(answer);
  }

  private static void log(String message, Throwable failure, Context context) {
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text);
    writer.println(message);
    failure.printStackTrace(writer);
    LambdaLogger logger = context == null ? null : context.getLogger();
    if (logger != null) {
      logger.log(text.toString(), LogLevel.ERROR);
    } else {
      System.err.print(text);
    }
  }

  /**
   * Called before a SnapStart snapshot is taken, if {@code org.crac} is on the class path. Close
   * connections here, and discard random values. Does nothing by default.
   *
   * @throws Exception to fail the snapshot
   */
  protected void beforeSnapshot() throws Exception {}

  /**
   * Called when an execution environment starts from a snapshot. Does nothing by default.
   *
   * @throws Exception to fail the start
   */
  protected void afterSnapshot() throws Exception {}
}
