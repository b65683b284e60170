package dev.statelessmcp.lambda.typed;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.IAM;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The classes of payload format 2.0. */
final class HttpApiFormat
    extends ApiGatewayFormat<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  @Override
  public Class<APIGatewayV2HTTPEvent> type() {
    return APIGatewayV2HTTPEvent.class;
  }

  @Override
  public APIGatewayV2HTTPEvent empty() {
    return new APIGatewayV2HTTPEvent();
  }

  @Override
  public ObjectNode read(APIGatewayV2HTTPEvent event) {
    RequestContext context = event.getRequestContext();
    return event(
            event.getVersion(),
            event.getHeaders(),
            event.getQueryStringParameters(),
            event.getPathParameters(),
            event.getStageVariables(),
            event.getBody(),
            event.getIsBase64Encoded())
        .with("routeKey", event.getRouteKey())
        .with("rawPath", event.getRawPath())
        .with("rawQueryString", event.getRawQueryString())
        .with("cookies", event.getCookies())
        .with("requestContext", tree(context == null ? new RequestContext() : context))
        .toJson();
  }

  private static EventTree tree(RequestContext context) {
    Authorizer authorizer = context.getAuthorizer();
    Http http = context.getHttp();
    return context(
            context.getAccountId(),
            context.getApiId(),
            context.getDomainName(),
            context.getDomainPrefix(),
            context.getRequestId(),
            context.getStage())
        .with("authorizer", authorizer == null ? new EventTree() : tree(authorizer))
        .with("http", http == null ? new EventTree() : tree(http)) // always: marks the format
        .with("routeKey", context.getRouteKey())
        .with("time", context.getTime())
        .with("timeEpoch", context.getTimeEpoch());
  }

  private static EventTree tree(Http http) {
    return new EventTree()
        .with("method", http.getMethod())
        .with("path", http.getPath())
        .with("protocol", http.getProtocol())
        .with("sourceIp", http.getSourceIp())
        .with("userAgent", http.getUserAgent());
  }

  private static EventTree tree(Authorizer authorizer) {
    EventTree tree = new EventTree().with("lambda", authorizer.getLambda());
    if (authorizer.getJwt() != null) {
      tree.with(
          "jwt",
          new EventTree()
              .with("claims", authorizer.getJwt().getClaims())
              .with("scopes", authorizer.getJwt().getScopes()));
    }
    if (authorizer.getIam() != null) {
      tree.with("iam", tree(authorizer.getIam()));
    }
    return tree;
  }

  private static EventTree tree(IAM iam) {
    EventTree tree = new EventTree()
        .with("accessKey", iam.getAccessKey())
        .with("accountId", iam.getAccountId())
        .with("callerId", iam.getCallerId())
        .with("principalOrgId", iam.getPrincipalOrgId())
        .with("userArn", iam.getUserArn())
        .with("userId", iam.getUserId());
    CognitoIdentity cognito = iam.getCognitoIdentity();
    if (cognito != null) {
      tree.with(
          "cognitoIdentity",
          new EventTree()
              .with("amr", cognito.getAmr())
              .with("identityId", cognito.getIdentityId())
              .with("identityPoolId", cognito.getIdentityPoolId()));
    }
    return tree;
  }

  @Override
  APIGatewayV2HTTPResponse response(
      int status, @Nullable Map<String, String> headers, String body, boolean base64) {
    APIGatewayV2HTTPResponse response = new APIGatewayV2HTTPResponse();
    response.setStatusCode(status);
    response.setHeaders(headers);
    response.setBody(body);
    response.setIsBase64Encoded(base64);
    return response;
  }
}
