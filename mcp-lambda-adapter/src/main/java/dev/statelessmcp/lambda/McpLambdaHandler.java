package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;

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
 * kind of headers, and direct invocation with a bare JSON-RPC message. For these nothing is ever
 * thrown: whatever happens becomes a JSON-RPC answer. Answers are buffered, since the managed Java
 * runtime does not stream: progress that the client asked for arrives with the answer.
 *
 * <p>The constructor sends made-up requests through everything that a first call needs, because
 * work is cheap while Lambda initialises a function and dear afterwards, and because it is kept in
 * a SnapStart snapshot. No handler of a tool is run by that.
 *
 * <p>Safe from any number of threads.
 */
public abstract class McpLambdaHandler implements RequestStreamHandler {
  private final EventRouter router;

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
  protected McpLambdaHandler(McpServer server, LambdaSettings settings) {
    if (server.lacksStateKeys() && !settings.allowsProcessStateKeys()) {
      throw new IllegalStateException(
          "The server asks its clients and has no stateKeys: an answer that reaches another instance"
              + " of this function would be refused. Set McpServer.Builder.stateKeys, or say"
              + " allowProcessStateKeys in the settings");
    }
    router = new EventRouter(server, settings);
    WarmUp.run(server, settings);
  }

  /**
   * Serves one event.
   *
   * @param input the event
   * @param output takes the answer
   * @param context of the invocation; null is taken too, for tests
   * @throws IOException if a stream throws it
   * @throws IllegalArgumentException if the event carries no MCP at all, such as records of a
   *     queue, which must not be acknowledged
   */
  @Override
  public final void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    try {
      Json.write(router.serve(input.readAllBytes(), failure -> log(failure, context)), output);
    } catch (UnsupportedEventException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  private static void log(Throwable failure, Context context) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    if (context != null && context.getLogger() != null) {
      context.getLogger().log("MCP request failed: " + trace);
    } else {
      System.err.print("MCP request failed: " + trace);
    }
  }
}
