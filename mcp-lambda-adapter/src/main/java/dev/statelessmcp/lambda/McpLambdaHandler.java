package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.lambda.runtime.RuntimeResponse;
import dev.statelessmcp.lambda.runtime.StreamHandler;
import dev.statelessmcp.protocol.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Lambda function that serves MCP. A subclass needs one line:
 *
 * <pre>{@code
 * public final class EchoLambda extends McpLambdaHandler {
 *   public EchoLambda() {
 *     super(EchoServer.create());
 *   }
 * }
 * }</pre>
 *
 * <p>It recognises the format of an event and answers in the same format: REST API and HTTP API
 * (payload 1.0), HTTP API and function URL (payload 2.0), Application Load Balancer with single or
 * multi-value headers, VPC Lattice (1.0 and 2.0), direct invocation with a bare JSON-RPC message,
 * and Amazon Bedrock AgentCore Gateway, where the event is the bare arguments of a tool. Exceptions
 * are thrown only for AgentCore Gateway and for events without MCP; every other failure becomes a
 * JSON-RPC answer. The managed runtime does not stream: it buffers answers, so progress
 * notifications arrive with the answer. {@code dev.statelessmcp.lambda.runtime} has a runtime that
 * streams.
 *
 * <p>A call that would exceed the time of its invocation is answered with an error before, and its
 * handler is interrupted. Therefore handlers do not run on the thread of the runtime.
 *
 * <p>The constructor runs synthetic requests through all code that a first call needs, because it
 * runs faster while Lambda initializes a function, and the result is part of a SnapStart snapshot.
 * It does not run tool handlers.
 *
 * <p>Thread-safe, as Lambda Managed Instances require.
 */
public abstract class McpLambdaHandler implements RequestStreamHandler, StreamHandler {
  /** Slightly above Lambda's limits, so that they refuse no event. */
  private static final JsonLimits EVENT = new JsonLimits(8 << 20, 128, 8 << 20);

  private final McpFunction function;

  /** Keeps the hook, because its library references it weakly. */
  @SuppressWarnings({"unused", "FieldCanBeLocal", "UnusedVariable"})
  private final @Nullable Object snapshotHook;

  /**
   * Creates a function with settings from its environment variables, see {@link LambdaSettings}.
   *
   * @param server the server; not null
   * @throws IllegalArgumentException if a variable has an invalid value
   * @throws IllegalStateException if the server asks its clients and has no state keys
   */
  protected McpLambdaHandler(McpServer server) {
    this(server, LambdaSettings.fromEnvironment());
  }

  /**
   * Creates a function with settings.
   *
   * @param server the server; not null
   * @param settings the settings; not null
   * @throws IllegalStateException if the server asks its clients and has no state keys, unless the
   *     settings allow that
   */
  @SuppressWarnings("this-escape") // the hook is called after construction
  protected McpLambdaHandler(McpServer server, LambdaSettings settings) {
    Map<String, String> environment = System.getenv();
    function = InitPhase.start(server, settings, environment);
    snapshotHook = InitPhase.hasSnapshot(environment) ? hook() : null;
  }

  private @Nullable Object hook() {
    return InitPhase.snapshotHook(new Snapshots(this::beforeCheckpoint, this::afterRestore));
  }

  /**
   * Serves one event that has been parsed: for tests, and for handlers that delegate to others.
   *
   * @param event the event, in the format of any sender; not null, and not changed
   * @param context of the invocation; null outside of Lambda, where calls have no deadline
   * @return the answer in the format that the sender expects; never null
   * @throws IllegalArgumentException if the event carries no MCP, unless {@link #otherEvent} is
   *     overridden
   * @throws RuntimeException if AgentCore Gateway called a tool and there is no result, because the
   *     gateway treats every normal return as a result
   */
  public final JsonNode serve(JsonNode event, @Nullable Context context) {
    return serve(event, context, Attributes.NONE);
  }

  /**
   * Serves one event with further attributes for handlers.
   *
   * @param event the event, in the format of any sender; not null, and not changed
   * @param context of the invocation; null outside of Lambda, where calls have no deadline
   * @param attributes added to the attributes of each call; not null
   * @return the answer in the format that the sender expects; never null
   * @throws IllegalArgumentException if the event carries no MCP, unless {@link #otherEvent} is
   *     overridden
   * @throws RuntimeException if AgentCore Gateway called a tool and there is no result, because the
   *     gateway treats every normal return as a result
   */
  protected final JsonNode serve(JsonNode event, @Nullable Context context, Attributes attributes) {
    try {
      JsonNode answer = serve(event, -1, context, attributes, null).json();
      if (answer == null) {
        throw new IllegalStateException("an answer cannot be streamed here");
      }
      return answer;
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) { // only otherEvent throws these
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * Serves one event on a runtime that does not stream.
   *
   * @param input the event
   * @param output receives the answer
   * @param context of the invocation; null outside of Lambda, where calls have no deadline
   * @throws IOException if a stream throws it
   * @throws IllegalArgumentException if the event carries no MCP, unless {@link #otherEvent} is
   *     overridden
   * @throws RuntimeException if AgentCore Gateway called a tool and there is no result, because the
   *     gateway treats every normal return as a result
   */
  @Override
  public final void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    try {
      output.write(serve(input.readAllBytes(), context, null).bytes());
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) { // only otherEvent throws these
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * Serves one event on a runtime that streams. Answers to REST APIs and function URLs are
   * streamed, so these must be configured for response streaming. Other answers are sent as a
   * whole.
   *
   * @param event the event
   * @param response receives the answer
   * @param context of the invocation
   */
  @Override
  public final void handle(byte[] event, RuntimeResponse response, Context context)
      throws Exception {
    Answer answer = serve(event, context, response);
    if (answer.json() != null) {
      response.send(answer.bytes());
    }
  }

  private Answer serve(byte[] event, @Nullable Context context, @Nullable RuntimeResponse response)
      throws Exception {
    JsonNode read;
    try {
      read = Json.read(event, EVENT);
    } catch (JsonSyntaxException e) {
      return unreadable("Parse error: " + e.getMessage(), context);
    }
    return serve(read, event.length, context, Attributes.NONE, response);
  }

  private Answer serve(
      JsonNode event,
      int bytes,
      @Nullable Context context,
      Attributes attributes,
      @Nullable RuntimeResponse response)
      throws Exception {
    Answer answer = function.serve(event, bytes, attributes, context, response);
    return answer == null
        ? new Answer(Objects.requireNonNull(otherEvent(event, context), "otherEvent"))
        : answer;
  }

  private static Answer unreadable(String message, @Nullable Context context) {
    ClientContext client = context == null ? null : context.getClientContext();
    if (client != null && AgentCoreCall.tool(client) != null) {
      throw AgentCoreCall.failure(message);
    }
    JsonRpcError error = new JsonRpcError(ErrorCode.PARSE_ERROR, message);
    return new Answer(JsonRpcCodec.toJson(new JsonRpcMessage.Failure(null, error)));
  }

  /**
   * Serves an event that carries no MCP. By default an EventBridge rule that keeps the function
   * warm gets an empty object, and other events an {@link IllegalArgumentException}, because a
   * normal return would acknowledge the records of a queue.
   *
   * @param event the event; not null
   * @param context the context of the invocation; may be null in tests
   * @return what the invocation returns; not null
   * @throws Exception to fail the invocation
   */
  protected JsonNode otherEvent(JsonNode event, @Nullable Context context) throws Exception {
    if (UnsupportedEventException.isScheduled(event)) {
      return Json.object();
    }
    throw new UnsupportedEventException(event);
  }

  /**
   * Called before a SnapStart snapshot is taken, if {@code org.crac} is on the class path or the
   * runtime is {@code dev.statelessmcp.lambda.runtime}. Close connections here, and discard random
   * values. Does nothing by default.
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

  @Override
  public final void beforeCheckpoint() throws Exception {
    function.beforeCheckpoint();
    beforeSnapshot();
  }

  @Override
  public final void afterRestore() throws Exception {
    function.afterRestore();
    afterSnapshot();
  }
}
