package example;

import dev.statelessmcp.lambda.typed.McpHttpApiHandler;

/** The same server as a function of typed events. */
public final class TypedLambda extends McpHttpApiHandler {
  public TypedLambda() {
    super(WeatherServer.create());
  }
}
