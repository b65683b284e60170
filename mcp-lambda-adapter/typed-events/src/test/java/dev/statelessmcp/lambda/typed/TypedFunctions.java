package dev.statelessmcp.lambda.typed;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.lambda.LambdaSettings;

/** Functions of typed events, invoked as the runtime does: its mapper leaves out what it misses. */
final class TypedFunctions {
  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
      .defaultPropertyInclusion(
          JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
      .build();

  private final McpRestApiHandler restApi;
  private final McpHttpApiHandler httpApi;
  private final McpLoadBalancerHandler loadBalancer;

  TypedFunctions(McpServer server, LambdaSettings settings) {
    restApi = new McpRestApiHandler(server, settings);
    httpApi = new McpHttpApiHandler(server, settings);
    loadBalancer = new McpLoadBalancerHandler(server, settings);
  }

  JsonNode invoke(JsonNode event) {
    return invoke(event, null);
  }

  JsonNode invoke(JsonNode event, Context context) {
    if (event.path("requestContext").has("elb")) {
      return invoke(loadBalancer, ApplicationLoadBalancerRequestEvent.class, event, context);
    } else if (event.path("requestContext").has("http")) {
      return invoke(httpApi, APIGatewayV2HTTPEvent.class, event, context);
    }
    return invoke(restApi, APIGatewayProxyRequestEvent.class, event, context);
  }

  private static <E, R> JsonNode invoke(
      RequestHandler<E, R> handler, Class<E> type, JsonNode event, Context context) {
    E typed = MAPPER.convertValue(event, type);
    return MAPPER.valueToTree(handler.handleRequest(typed, context));
  }
}
