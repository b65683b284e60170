package dev.statelessmcp.lambda.typed;

import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerRequestEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.ApplicationLoadBalancerResponseEvent;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The classes of an Application Load Balancer's events. */
final class LoadBalancerFormat
    implements TypedFormat<
        ApplicationLoadBalancerRequestEvent, ApplicationLoadBalancerResponseEvent> {

  @Override
  public Class<ApplicationLoadBalancerRequestEvent> type() {
    return ApplicationLoadBalancerRequestEvent.class;
  }

  @Override
  public ApplicationLoadBalancerRequestEvent empty() {
    return new ApplicationLoadBalancerRequestEvent();
  }

  @Override
  public ObjectNode read(ApplicationLoadBalancerRequestEvent event) {
    return new EventTree()
        .with("requestContext", tree(event.getRequestContext()))
        .with("httpMethod", event.getHttpMethod())
        .with("path", event.getPath())
        .with("queryStringParameters", event.getQueryStringParameters())
        .with("multiValueQueryStringParameters", event.getMultiValueQueryStringParameters())
        .with("headers", event.getHeaders())
        .with("multiValueHeaders", event.getMultiValueHeaders())
        .with("body", event.getBody())
        .with("isBase64Encoded", event.getIsBase64Encoded())
        .toJson();
  }

  private static EventTree tree(RequestContext context) {
    EventTree elb = new EventTree();
    if (context != null && context.getElb() != null) {
      elb.with("targetGroupArn", context.getElb().getTargetGroupArn());
    }
    return new EventTree().with("elb", elb);
  }

  @Override
  public ApplicationLoadBalancerResponseEvent write(JsonNode answer) {
    ApplicationLoadBalancerResponseEvent response = new ApplicationLoadBalancerResponseEvent();
    response.setStatusCode(answer.get("statusCode").intValue());
    response.setStatusDescription(answer.get("statusDescription").textValue());
    response.setHeaders(TypedHeaders.single(answer.path("headers")));
    response.setMultiValueHeaders(TypedHeaders.multi(answer.path("multiValueHeaders")));
    response.setBody(answer.get("body").textValue());
    response.setIsBase64Encoded(answer.get("isBase64Encoded").booleanValue());
    return response;
  }
}
