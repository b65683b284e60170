package example;

import dev.statelessmcp.lambda.McpLambdaHandler;

/** The same server as a Lambda function. */
public final class WeatherLambda extends McpLambdaHandler {
  public WeatherLambda() {
    super(WeatherServer.create());
  }
}
