package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.time.Instant;
import java.util.List;

/** A target group of a VPC Lattice service, event structure 2.0. */
final class Lattice implements EventFormat {
  private static final String ARN = "arn:aws:vpc-lattice:us-east-1:123456789012:";

  @Override
  public int maxRequestBytes() {
    return FunctionUrl.MAX_BODY;
  }

  @Override
  public byte[] event(ClientRequest sent) {
    ClientRequest request = sent.forwarded();
    ObjectNode event = Json.object()
        .put("version", "2.0")
        .put("path", request.path())
        .put("method", request.method());
    Json.putLists(event.putObject("headers"), request.headersInLowerCase());
    Json.putLists(event.putObject("queryStringParameters"), Query.decoded(request.query()));
    Bodies.put(event, request, Bodies.isBinary(request));
    Instant now = Instant.now();
    event
        .putObject("requestContext")
        .put("serviceNetworkArn", ARN + "servicenetwork/sn-0123456789abcdef0")
        .put("serviceArn", ARN + "service/svc-0123456789abcdef0")
        .put("targetGroupArn", ARN + "targetgroup/tg-0123456789abcdef0")
        .put("region", "us-east-1")
        .put("timeEpoch", Long.toString(now.toEpochMilli() * 1000))
        .putObject("identity")
        .put("sourceVpcArn", "arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0123456789abcdef0");
    return Json.bytes(event);
  }

  @Override
  public GatewayResponse answer(ClientRequest request, byte[] payload)
      throws MalformedAnswerException {
    Result result = Result.of(payload);
    byte[] body = result.body(true);
    List<Header> headers = result.headers();
    return new GatewayResponse(
        result.status(), Result.withDefaultType(headers, "application/json", body), body);
  }

  @Override
  public GatewayResponse failure(Failure failure) {
    return switch (failure) {
      case FUNCTION_ERROR, MALFORMED_ANSWER ->
        GatewayResponse.of(500, "text/plain", "Internal Server Error");
      case INTEGRATION_TIMEOUT -> GatewayResponse.of(504, "text/plain", "Gateway Timeout");
      case REQUEST_TOO_LARGE -> GatewayResponse.of(413, "text/plain", "Payload Too Large");
      case HEADERS_TOO_LARGE ->
        GatewayResponse.of(431, "text/plain", "Request Header Fields Too Large");
      case THROTTLED -> GatewayResponse.message(429, "Rate Exceeded.");
    };
  }
}
