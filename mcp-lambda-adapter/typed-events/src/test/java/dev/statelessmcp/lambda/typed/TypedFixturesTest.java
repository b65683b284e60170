package dev.statelessmcp.lambda.typed;

import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureSuite;
import dev.statelessmcp.fixtures.FixtureTransport;
import dev.statelessmcp.lambda.EventShape;
import dev.statelessmcp.lambda.HttpEventTransport;
import dev.statelessmcp.lambda.LambdaSettings;
import java.util.List;

/** Every fixture through each class of event. */
class TypedFixturesTest extends FixtureSuite {
  private static final TypedFunctions TYPED =
      new TypedFunctions(FixtureServer.create(), LambdaSettings.defaults().path("/echo/mcp"));

  @Override
  protected List<FixtureTransport> transports() {
    return List.of(
        new HttpEventTransport(EventShape.REST_API, TYPED::invoke),
        new HttpEventTransport(EventShape.FUNCTION_URL, TYPED::invoke),
        new HttpEventTransport(EventShape.ALB_MULTI_VALUE, TYPED::invoke));
  }
}
