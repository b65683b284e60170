package dev.statelessmcp.lambda.typed;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes of payload format 1.0. */
final class RestApiFormat
    extends ApiGatewayFormat<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  @Override
  public Class<APIGatewayProxyRequestEvent> type() {
    return APIGatewayProxyRequestEvent.class;
  }

  @Override
  public APIGatewayProxyRequestEvent empty() {
    return new APIGatewayProxyRequestEvent();
  }

  @Override
  public ObjectNode read(APIGatewayProxyRequestEvent event) {
    ProxyRequestContext context = event.getRequestContext();
    String method = event.getHttpMethod();
    return event(
            event.getVersion(),
            event.getHeaders(),
            event.getQueryStringParameters(),
            event.getPathParameters(),
            event.getStageVariables(),
            event.getBody(),
            event.getIsBase64Encoded())
        .with("resource", event.getResource())
        .with("path", event.getPath())
        .with("httpMethod", method == null ? "" : method) // always: marks the format
        .with("multiValueHeaders", event.getMultiValueHeaders())
        .with("multiValueQueryStringParameters", event.getMultiValueQueryStringParameters())
        .with("requestContext", context == null ? new EventTree() : tree(context))
        .toJson();
  }

  private static EventTree tree(ProxyRequestContext context) {
    RequestIdentity identity = context.getIdentity();
    return context(
            context.getAccountId(),
            context.getApiId(),
            context.getDomainName(),
            context.getDomainPrefix(),
            context.getRequestId(),
            context.getStage())
        .with("authorizer", context.getAuthorizer())
        .with("extendedRequestId", context.getExtendedRequestId())
        .with("httpMethod", context.getHttpMethod())
        .with("identity", identity == null ? new EventTree() : tree(identity))
        .with("operationName", context.getOperationName())
        .with("path", context.getPath())
        .with("protocol", context.getProtocol())
        .with("requestTime", context.getRequestTime())
        .with("requestTimeEpoch", context.getRequestTimeEpoch())
        .with("resourceId", context.getResourceId())
        .with("resourcePath", context.getResourcePath());
  }

  private static EventTree tree(RequestIdentity identity) {
    return new EventTree()
        .with("accessKey", identity.getAccessKey())
        .with("accountId", identity.getAccountId())
        .with("apiKey", identity.getApiKey())
        .with("caller", identity.getCaller())
        .with("cognitoAuthenticationProvider", identity.getCognitoAuthenticationProvider())
        .with("cognitoAuthenticationType", identity.getCognitoAuthenticationType())
        .with("cognitoIdentityId", identity.getCognitoIdentityId())
        .with("cognitoIdentityPoolId", identity.getCognitoIdentityPoolId())
        .with("principalOrgId", identity.getPrincipalOrgId())
        .with("sourceIp", identity.getSourceIp())
        .with("user", identity.getUser())
        .with("userAgent", identity.getUserAgent())
        .with("userArn", identity.getUserArn());
  }

  @Override
  APIGatewayProxyResponseEvent response(
      int status, @Nullable Map<String, String> headers, String body, boolean base64) {
    APIGatewayProxyResponseEvent response = new APIGatewayProxyResponseEvent();
    response.setStatusCode(status);
    response.setHeaders(headers);
    response.setBody(body);
    response.setIsBase64Encoded(base64);
    return response;
  }
}
