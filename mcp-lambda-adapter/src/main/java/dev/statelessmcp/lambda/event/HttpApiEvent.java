package dev.statelessmcp.lambda.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.HttpHeaders;
import java.util.Map;

/**
 * An event in payload format 2.0, from an HTTP API of API Gateway or from a function URL.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html">Lambda
 *     integrations of HTTP APIs</a>
 */
final class HttpApiEvent extends HttpEvent {

  HttpApiEvent(ObjectNode event) {
    super(
        event,
        text(event.path("requestContext").path("domainName"), "").contains(".lambda-url.")
            ? EventSource.FUNCTION_URL
            : EventSource.HTTP_API);
  }

  @Override
  String method() {
    return text(event.path("requestContext").path("http").path("method"), "");
  }

  @Override
  String path() {
    String stage = event.path("requestContext").path("stage").textValue();
    return withoutStage(text(event.path("rawPath"), "/"), stage);
  }

  @Override
  HttpHeaders readHeaders() {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    JsonNode fields = event.path("headers");
    addSingle(headers, fields);
    // The gateway moves this header out of the others; its emulators leave it there
    JsonNode cookies = event.path("cookies");
    if (!cookies.isEmpty() && !hasCookie(fields)) {
      headers.add("Cookie", joined(cookies));
    }
    return headers.build();
  }

  private static boolean hasCookie(JsonNode fields) {
    for (Map.Entry<String, JsonNode> field : fields.properties()) {
      if (field.getKey().equalsIgnoreCase("Cookie")) {
        return true;
      }
    }
    return false;
  }

  private static String joined(JsonNode cookies) {
    StringBuilder all = new StringBuilder();
    for (JsonNode cookie : cookies) {
      if (cookie.isTextual()) {
        all.append(all.isEmpty() ? "" : "; ").append(cookie.textValue());
      }
    }
    return all.toString();
  }

  @Override
  public Caller caller() {
    return Callers.ofHttpApi(event.path("requestContext"));
  }

  @Override
  public String sourceIp() {
    return event.path("requestContext").path("http").path("sourceIp").textValue();
  }

  @Override
  String protocol() {
    return event.path("requestContext").path("http").path("protocol").textValue();
  }

  @Override
  public String requestId() {
    return event.path("requestContext").path("requestId").textValue();
  }

  @Override
  public long receivedAt() {
    return event.path("requestContext").path("timeEpoch").asLong();
  }
}
