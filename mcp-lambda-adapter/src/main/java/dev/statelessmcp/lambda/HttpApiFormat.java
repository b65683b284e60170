package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Http;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.IAM;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The classes of payload format 2.0. */
final class HttpApiFormat implements TypedFormat<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

  @Override
  public Class<APIGatewayV2HTTPEvent> type() {
    return APIGatewayV2HTTPEvent.class;
  }

  @Override
  public APIGatewayV2HTTPEvent empty() {
    return new APIGatewayV2HTTPEvent();
  }

  @Override
  public HttpEvent read(APIGatewayV2HTTPEvent event) {
    RequestContext context = event.getRequestContext();
    return new HttpApiEvent(new EventTree()
        .with("version", event.getVersion())
        .with("routeKey", event.getRouteKey())
        .with("rawPath", event.getRawPath())
        .with("rawQueryString", event.getRawQueryString())
        .with("cookies", event.getCookies())
        .with("headers", event.getHeaders())
        .with("queryStringParameters", event.getQueryStringParameters())
        .with("pathParameters", event.getPathParameters())
        .with("stageVariables", event.getStageVariables())
        .with("requestContext", context == null ? new EventTree() : tree(context))
        .with("body", event.getBody())
        .with("isBase64Encoded", event.getIsBase64Encoded())
        .toJson());
  }

  private static EventTree tree(RequestContext context) {
    Authorizer authorizer = context.getAuthorizer();
    Http http = context.getHttp();
    return new EventTree()
        .with("accountId", context.getAccountId())
        .with("apiId", context.getApiId())
        .with("authorizer", authorizer == null ? new EventTree() : tree(authorizer))
        .with("domainName", context.getDomainName())
        .with("domainPrefix", context.getDomainPrefix())
        .with("http", http == null ? new EventTree() : tree(http))
        .with("requestId", context.getRequestId())
        .with("routeKey", context.getRouteKey())
        .with("stage", context.getStage())
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
  public APIGatewayV2HTTPResponse write(ObjectNode answer) {
    APIGatewayV2HTTPResponse response = new APIGatewayV2HTTPResponse();
    response.setStatusCode(answer.get("statusCode").intValue());
    response.setHeaders(TypedHeaders.single(answer.path("headers")));
    response.setBody(answer.get("body").textValue());
    response.setIsBase64Encoded(answer.get("isBase64Encoded").booleanValue());
    return response;
  }
}
