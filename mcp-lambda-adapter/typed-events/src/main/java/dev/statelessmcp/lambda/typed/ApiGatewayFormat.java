package dev.statelessmcp.lambda.typed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members that both payload formats of API Gateway have.
 *
 * @param <E> the class of the event
 * @param <R> the class of the response
 */
abstract class ApiGatewayFormat<E, R> implements TypedFormat<E, R> {

  static EventTree event(
      String version,
      Map<String, String> headers,
      Map<String, String> query,
      Map<String, String> pathParameters,
      Map<String, String> stageVariables,
      String body,
      Boolean base64) {
    return new EventTree()
        .with("version", version)
        .with("headers", headers)
        .with("queryStringParameters", query)
        .with("pathParameters", pathParameters)
        .with("stageVariables", stageVariables)
        .with("body", body)
        .with("isBase64Encoded", base64);
  }

  static EventTree context(
      String accountId,
      String apiId,
      String domainName,
      String domainPrefix,
      String requestId,
      String stage) {
    return new EventTree()
        .with("accountId", accountId)
        .with("apiId", apiId)
        .with("domainName", domainName)
        .with("domainPrefix", domainPrefix)
        .with("requestId", requestId)
        .with("stage", stage);
  }

  @Override
  public final R write(JsonNode answer) {
    return response(
        answer.get("statusCode").intValue(),
        TypedHeaders.single(answer.path("headers")),
        answer.get("body").textValue(),
        answer.get("isBase64Encoded").booleanValue());
  }

  /** A response with these members. */
  abstract R response(
      int status, @Nullable Map<String, String> headers, String body, boolean base64);
}
