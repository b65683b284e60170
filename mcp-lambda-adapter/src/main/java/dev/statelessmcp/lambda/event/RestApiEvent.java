package dev.statelessmcp.lambda.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.HttpHeaders;
import java.util.Map;

/**
 * An event in payload format 1.0, from a REST API of API Gateway or from an HTTP API that is
 * configured for it.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html">Lambda
 *     proxy integrations</a>
 */
final class RestApiEvent extends HttpEvent {

  RestApiEvent(ObjectNode event) {
    super(event, event.has("version") ? EventSource.HTTP_API : EventSource.REST_API);
  }

  @Override
  String method() {
    return text(event.path("httpMethod"), "");
  }

  /**
   * The route with its parameters filled in, because {@code path} includes the base path of a
   * custom domain.
   */
  @Override
  String path() {
    String path = text(event.path("path"), "/");
    String route = text(event.path("resource"), "");
    if (!route.startsWith("/")) { // $default, and console tests
      return withoutStage(path, event.path("requestContext").path("stage").textValue());
    }
    for (Map.Entry<String, JsonNode> parameter : event.path("pathParameters").properties()) {
      String value = text(parameter.getValue(), "");
      route = route
          .replace("{" + parameter.getKey() + "}", value)
          .replace("{" + parameter.getKey() + "+}", value);
    }
    return route.indexOf('{') < 0 ? route : path;
  }

  @Override
  HttpHeaders readHeaders() {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    JsonNode multi = event.path("multiValueHeaders");
    if (multi.isObject()) {
      addMulti(headers, multi);
    } else {
      addSingle(headers, event.path("headers"));
    }
    return headers.build();
  }

  @Override
  public Caller caller() {
    return Callers.ofRestApi(event.path("requestContext"));
  }

  @Override
  public String sourceIp() {
    return event.path("requestContext").path("identity").path("sourceIp").textValue();
  }

  @Override
  String protocol() {
    return event.path("requestContext").path("protocol").textValue();
  }

  @Override
  public String requestId() {
    return event.path("requestContext").path("requestId").textValue();
  }

  @Override
  public long receivedAt() {
    return event.path("requestContext").path("requestTimeEpoch").asLong();
  }
}
