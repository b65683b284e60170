package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.runtime.RuntimeResponse;
import dev.statelessmcp.lambda.runtime.StreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;

/**
 * A Lambda function that serves MCP, to be extended with one line:
 *
 * <pre>{@code
 * public final class EchoLambda extends McpLambdaHandler {
 *   public EchoLambda() {
 *     super(EchoServer.create());
 *   }
 * }
 * }</pre>
 *
 * <p>It recognises by its shape what an event is, and answers in the same shape: REST API and HTTP
 * API (payload 1.0), HTTP API and function URL (payload 2.0), Application Load Balancer with either
 * kind of headers, VPC Lattice (1.0 and 2.0), direct invocation with a bare JSON-RPC message, and
 * Amazon Bedrock AgentCore Gateway, where the event is the bare arguments of a tool. Except for the
 * last nothing is ever thrown: whatever happens becomes a JSON-RPC answer. On the managed runtime
 * answers are buffered, since it does not stream: progress that the client asked for arrives with
 * the answer. {@code dev.statelessmcp.lambda.runtime} has a runtime that does.
 *
 * <p>A call that would outlast its invocation is answered with an error in time, and its handler is
 * interrupted. Therefore handlers run on a thread of their own, and not on that of the runtime.
 *
 * <p>The constructor sends made-up requests through everything that a first call needs, because
 * work is cheap while Lambda initialises a function and dear afterwards, and because it is kept in
 * a SnapStart snapshot. No handler of a tool is run by that.
 *
 * <p>Safe from any number of threads, as Lambda Managed Instances want it.
 */
public abstract class McpLambdaHandler implements RequestStreamHandler, StreamHandler {
  private final McpFunction function;

  /** The hooks of SnapStart hold on to nothing that they call: without this they would be lost. */
  @SuppressWarnings({"unused", "FieldCanBeLocal", "UnusedVariable"})
  private final Object snapshotHook;

  /**
   * A function with settings from its environment variables, see {@link LambdaSettings}.
   *
   * @param server what it serves; not null
   */
  protected McpLambdaHandler(McpServer server) {
    this(server, LambdaSettings.fromEnvironment());
  }

  /**
   * A function with settings.
   *
   * @param server what it serves; not null
   * @param settings its settings; not null
   * @throws IllegalStateException if the server asks its clients and has no state keys, unless the
   *     settings allow that
   */
  @SuppressWarnings("this-escape") // the hook is called when the function is there as a whole
  protected McpLambdaHandler(McpServer server, LambdaSettings settings) {
    Map<String, String> environment = System.getenv();
    function = InitPhase.start(server, settings, environment);
    snapshotHook = InitPhase.hasSnapshot(environment) ? hook() : null;
  }

  private Object hook() {
    return InitPhase.snapshotHook(new Snapshots(this::beforeCheckpoint, this::afterRestore));
  }

  /**
   * Serves one event.
   *
   * @param input the event
   * @param output takes the answer
   * @param context of the invocation; null is taken too, for tests
   * @throws IOException if a stream throws it
   * @throws UnsupportedEventException if the event carries no MCP at all, such as records of a
   *     queue, which must not be acknowledged
   * @throws AgentCoreException if AgentCore Gateway asked for a result and there is none
   */
  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    try {
      function.serve(input.readAllBytes(), new BufferedResponse(output), false, context, this);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) { // of otherEvent alone
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * Serves one event on a runtime that streams: REST APIs and function URLs, which must then be set
   * to response streaming, get their answers in pieces, and the others whole.
   *
   * @param event the event
   * @param response takes the answer
   * @param context of the invocation
   */
  @Override
  public final void handle(byte[] event, RuntimeResponse response, Context context)
      throws Exception {
    function.serve(event, response, true, context, this);
  }

  /**
   * Serves an event that carries no MCP. A rule of EventBridge that keeps the function warm gets an
   * empty object; anything else is refused by an exception, since a normal return would tell a
   * queue that its records were dealt with.
   *
   * @param event the event; not null
   * @param context of the invocation; may be null in tests
   * @return what the invocation returns; not null
   * @throws Exception to have the invocation fail
   */
  protected JsonNode otherEvent(JsonNode event, Context context) throws Exception {
    if (UnsupportedEventException.isScheduled(event)) {
      return Json.object();
    }
    throw new UnsupportedEventException(event);
  }

  /**
   * Called before a SnapStart snapshot is taken, if {@code org.crac} is on the class path or the
   * runtime is {@code dev.statelessmcp.lambda.runtime}: the place to close connections, and to let
   * go of anything random.
   *
   * @throws Exception to have the snapshot fail
   */
  protected void beforeSnapshot() throws Exception {}

  /**
   * Called when an execution environment starts from a snapshot.
   *
   * @throws Exception to have the start fail
   */
  protected void afterSnapshot() throws Exception {}

  @Override
  public final void beforeCheckpoint() throws Exception {
    function.beforeCheckpoint();
    beforeSnapshot();
  }

  @Override
  public final void afterRestore() throws Exception {
    afterSnapshot();
  }
}
