package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import dev.statelessmcp.McpServer;

/**
 * Serves MCP from typed events of an Application Load Balancer, and answers with the kind of
 * headers, single or multi-value, that the event has.
 *
 * <p>It is for functions that are composed of typed handlers, with Powertools for example. Others
 * are better off with {@link McpLambdaHandler}, which finds out by itself what sends an event: with
 * the classes of {@code aws-lambda-java-events}, and the second JSON library by which the runtime
 * fills them, a cold start was measured to take 190 to 260 ms longer. The function brings
 * {@code aws-lambda-java-events} along: it is an optional dependency of this library.
 *
 * <p>{@link McpHttpApiHandler} shows both ways to use it. Rules, settings, callers and answers are
 * those of {@link McpLambdaHandler}; the event is an attribute of each call by its own class.
 *
 * <p>Safe from any number of threads.
 */
public class McpLoadBalancerHandler
    extends TypedHandler<ApplicationLoadBalancerRequestEvent, ApplicationLoadBalancerResponseEvent>
    implements RequestHandler<
        ApplicationLoadBalancerRequestEvent, ApplicationLoadBalancerResponseEvent> {

  /**
   * A handler with settings from its environment variables, see {@link LambdaSettings}.
   *
   * @param server what it serves; not null
   * @throws IllegalStateException if the server asks its clients and has no state keys
   */
  public McpLoadBalancerHandler(McpServer server) {
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
  public McpLoadBalancerHandler(McpServer server, LambdaSettings settings) {
    super(server, settings, new LoadBalancerFormat());
  }
}
