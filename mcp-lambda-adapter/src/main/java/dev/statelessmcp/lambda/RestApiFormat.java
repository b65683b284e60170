package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.ProxyRequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent.RequestIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The classes of payload format 1.0. */
final class RestApiFormat
    implements TypedFormat<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

  @Override
  public Class<APIGatewayProxyRequestEvent> type() {
    return APIGatewayProxyRequestEvent.class;
  }

  @Override
  public APIGatewayProxyRequestEvent empty() {
    return new APIGatewayProxyRequestEvent();
  }

  @Override
  public HttpEvent read(APIGatewayProxyRequestEvent event) {
    ProxyRequestContext context = event.getRequestContext();
    return new RestApiEvent(new EventTree()
        .with("version", event.getVersion())
        .with("resource", event.getResource())
        .with("path", event.getPath())
        .with("httpMethod", event.getHttpMethod())
        .with("headers", event.getHeaders())
        .with("multiValueHeaders", event.getMultiValueHeaders())
        .with("queryStringParameters", event.getQueryStringParameters())
        .with("multiValueQueryStringParameters", event.getMultiValueQueryStringParameters())
        .with("pathParameters", event.getPathParameters())
        .with("stageVariables", event.getStageVariables())
        .with("requestContext", context == null ? new EventTree() : tree(context))
        .with("body", event.getBody())
        .with("isBase64Encoded", event.getIsBase64Encoded())
        .toJson());
  }

  private static EventTree tree(ProxyRequestContext context) {
    RequestIdentity identity = context.getIdentity();
    return new EventTree()
        .with("accountId", context.getAccountId())
        .with("apiId", context.getApiId())
        .with("authorizer", context.getAuthorizer())
        .with("domainName", context.getDomainName())
        .with("domainPrefix", context.getDomainPrefix())
        .with("extendedRequestId", context.getExtendedRequestId())
        .with("httpMethod", context.getHttpMethod())
        .with("identity", identity == null ? new EventTree() : tree(identity))
        .with("operationName", context.getOperationName())
        .with("path", context.getPath())
        .with("protocol", context.getProtocol())
        .with("requestId", context.getRequestId())
        .with("requestTime", context.getRequestTime())
        .with("requestTimeEpoch", context.getRequestTimeEpoch())
        .with("resourceId", context.getResourceId())
        .with("resourcePath", context.getResourcePath())
        .with("stage", context.getStage());
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
  public APIGatewayProxyResponseEvent write(ObjectNode answer) {
    APIGatewayProxyResponseEvent response = new APIGatewayProxyResponseEvent();
    response.setStatusCode(answer.get("statusCode").intValue());
    response.setHeaders(TypedHeaders.single(answer.path("headers")));
    response.setBody(answer.get("body").textValue());
    response.setIsBase64Encoded(answer.get("isBase64Encoded").booleanValue());
    return response;
  }
}
