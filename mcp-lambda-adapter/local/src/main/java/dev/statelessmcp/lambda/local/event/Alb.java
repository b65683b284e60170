package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.util.List;
import java.util.Map;

/** A target group of an Application Load Balancer, with its header attribute off or on. */
final class Alb implements EventFormat {
  private static final int MAX_BYTES = 1024 * 1024;
  private static final String TARGET_GROUP =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/local/0123456789abcdef";

  /** Whether headers and parameters are lists, in events and in results alike. */
  private final boolean multiValue;

  Alb(boolean multiValue) {
    this.multiValue = multiValue;
  }

  @Override
  public int maxRequestBytes() {
    return MAX_BYTES;
  }

  @Override
  public byte[] event(ClientRequest sent) {
    ClientRequest request = sent.forwarded();
    ObjectNode event = Json.object();
    event.putObject("requestContext").putObject("elb").put("targetGroupArn", TARGET_GROUP);
    event.put("httpMethod", request.method()).put("path", request.path());
    Map<String, List<String>> query = Query.raw(request.query());
    Map<String, List<String>> headers = request.headersInLowerCase();
    if (multiValue) {
      Json.putLists(event.putObject("multiValueQueryStringParameters"), query);
      Json.putLists(event.putObject("multiValueHeaders"), headers);
    } else {
      Json.putAll(event.putObject("queryStringParameters"), query, Json::last);
      Json.putAll(event.putObject("headers"), headers, Json::last);
    }
    Bodies.put(event, request, Bodies.isBinary(request));
    return Json.bytes(event);
  }

  @Override
  public GatewayResponse answer(ClientRequest request, byte[] payload)
      throws MalformedAnswerException {
    if (payload.length > MAX_BYTES) {
      throw new MalformedAnswerException(
          "it has " + payload.length + " bytes, the limit is 1048576");
    }
    Result result = Result.of(payload);
    String wrong = multiValue ? "headers" : "multiValueHeaders";
    if (result.has(wrong)) {
      throw new MalformedAnswerException("it has " + wrong
          + ", and the target group's multi-value headers are " + (multiValue ? "on" : "off"));
    }
    byte[] body = result.body(true);
    List<Header> headers = multiValue ? result.lists("multiValueHeaders") : result.headers();
    return new GatewayResponse(
        result.status(), Result.withDefaultType(headers, "application/octet-stream", body), body);
  }

  @Override
  public GatewayResponse failure(Failure failure) {
    return switch (failure) {
      case FUNCTION_ERROR, MALFORMED_ANSWER -> page(502, "Bad Gateway");
      case INTEGRATION_TIMEOUT -> page(504, "Gateway Time-out");
      case REQUEST_TOO_LARGE -> page(413, "Request Entity Too Large");
      case HEADERS_TOO_LARGE -> page(431, "Request Header Fields Too Large");
      case THROTTLED -> GatewayResponse.message(429, "Rate Exceeded.");
    };
  }

  private static GatewayResponse page(int status, String phrase) {
    String title = status + " " + phrase;
    return GatewayResponse.of(
        status,
        "text/html",
        "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title
            + "</h1></center>\r\n</body>\r\n</html>\r\n");
  }
}
