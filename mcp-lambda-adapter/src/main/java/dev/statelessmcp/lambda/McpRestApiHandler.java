package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.statelessmcp.McpServer;

/**
 * Serves MCP from typed events of a REST API, and of an HTTP API that is set to payload format 1.0.
 *
 * <p>It is for functions that are composed of typed handlers, with Powertools for example. Others
 * are better off with {@link McpLambdaHandler}, which finds out by itself what sends an event: with
 * the classes of {@code aws-lambda-java-events}, and the second JSON library by which the runtime
 * fills them, a cold start was measured to take 190 to 260 ms longer. The function brings
 * {@code aws-lambda-java-events} along: it is an optional dependency of this library.
 *
 * <p>{@link McpHttpApiHandler} shows both ways to use it. Rules, settings, callers and answers are
 * those of {@link McpLambdaHandler}; the event is an attribute of each call by its own class. Of
 * client certificates the event's class has nothing: a caller that mutual TLS alone has established
 * is anonymous here.
 *
 * <p>Safe from any number of threads.
 */
public class McpRestApiHandler
    extends TypedHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent>
    implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  /**
   * A handler with settings from its environment variables, see {@link LambdaSettings}.
   *
   * @param server what it serves; not null
   * @throws IllegalStateException if the server asks its clients and has no state keys
   */
  public McpRestApiHandler(McpServer server) {
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
  public McpRestApiHandler(McpServer server, LambdaSettings settings) {
    super(server, settings, new RestApiFormat());
  }
}
