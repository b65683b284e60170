package dev.statelessmcp.lambda.event;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * An event of an Application Load Balancer, with or without multi-value headers.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html">Lambda
 *     functions as targets</a>
 */
final class LoadBalancerEvent extends HttpEvent {
  private static final String MULTI = "multiValueHeaders";

  LoadBalancerEvent(ObjectNode event) {
    super(event, EventSource.LOAD_BALANCER);
  }

  @Override
  String method() {
    return text(event.path("httpMethod"), "");
  }

  @Override
  String path() {
    return text(event.path("path"), "/");
  }

  @Override
  HttpHeaders readHeaders() {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    addMulti(headers, event.path(MULTI));
    addSingle(headers, event.path("headers"));
    return headers.build();
  }

  /**
   * {@inheritDoc} The last address, which the load balancer appends; the client controls the
   * others.
   */
  @Override
  public @Nullable String sourceIp() {
    return last(headers().get("x-forwarded-for").orElse(null));
  }

  /** {@inheritDoc} Recognised by its user agent, because it may have any path and host. */
  @Override
  public boolean isHealthCheck() {
    return method().equals("GET")
        && text(
                event.path("headers").path("user-agent"),
                text(event.path(MULTI).path("user-agent").path(0), ""))
            .startsWith("ELB-HealthChecker/");
  }

  /** Adds multi-value headers if the request has them, which is a setting of the target group. */
  @Override
  void putHeaders(HttpHeaders headers, ObjectNode answer) {
    int status = answer.get("statusCode").intValue();
    answer.put("statusDescription", status + " " + reason(status));
    if (!event.path(MULTI).isObject()) {
      putSingle(headers, answer.putObject("headers"));
      return;
    }
    ObjectNode fields = answer.putObject(MULTI);
    headers.asMap().forEach((name, values) -> {
      ArrayNode list = fields.putArray(name);
      values.forEach(list::add);
    });
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 406 -> "Not Acceptable";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "Status";
    };
  }
}
