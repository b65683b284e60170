package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import dev.statelessmcp.McpServer;

/**
 * Serves MCP from typed events of an HTTP API or a function URL, payload format 2.0.
 *
 * <p>It is for functions that are composed of typed handlers, with Powertools for example. Others
 * are better off with {@link McpLambdaHandler}, which finds out by itself what sends an event: with
 * the classes of {@code aws-lambda-java-events}, and the second JSON library by which the runtime
 * fills them, a cold start was measured to take 190 to 260 ms longer. The function brings
 * {@code aws-lambda-java-events} along: it is an optional dependency of this library.
 *
 * <p>As a handler of its own it is extended:
 *
 * <pre>{@code
 * public final class EchoFunction extends McpHttpApiHandler {
 *   public EchoFunction() {
 *     super(EchoServer.create());
 *   }
 * }
 * }</pre>
 *
 * <p>And other handlers have it as a part, made once, in their constructor or before:
 *
 * <pre>{@code
 * private final McpHttpApiHandler mcp = new McpHttpApiHandler(EchoServer.create());
 *
 * @Logging
 * public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, Context context) {
 *   return mcp.handleRequest(event, context);
 * }
 * }</pre>
 *
 * <p>Rules, settings, callers and answers are those of {@link McpLambdaHandler}. The event is an
 * attribute of each call too: {@code call.attributes().get(APIGatewayV2HTTPEvent.class)}. Of client
 * certificates the event's class has nothing: a caller that mutual TLS alone has established is
 * anonymous here. Calls run on threads of their own, so what a library keeps for the thread of the
 * runtime, such as a logging context, is not there.
 *
 * <p>Safe from any number of threads.
 */
public class McpHttpApiHandler extends TypedHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse>
    implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  /**
   * A handler with settings from its environment variables, see {@link LambdaSettings}.
   *
   * @param server what it serves; not null
   * @throws IllegalStateException if the server asks its clients and has no state keys
   */
  public McpHttpApiHandler(McpServer server) {
    this(server, LambdaSettings.fromEnvironment());
  }

  /**
   * A handler with settings.
   *
   * @param server what it serves; not null
   * @param settings its settings; not null
   * @throws IllegalStateException if the server asks its clients and has no state keys, unless the
   *     settings allow that
   */
  public McpHttpApiHandler(McpServer server, LambdaSettings settings) {
    super(server, settings, new HttpApiFormat());
  }
}
