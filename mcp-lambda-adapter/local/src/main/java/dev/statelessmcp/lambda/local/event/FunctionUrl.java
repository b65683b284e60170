package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.util.ArrayList;
import java.util.List;

/** A function URL without authentication. */
final class FunctionUrl implements EventFormat {
  static final int MAX_BODY = 6 * 1024 * 1024;

  private static final String ID = "local0function0url0000000000000x";
  private static final String DOMAIN = ID + ".lambda-url.us-east-1.on.aws";

  @Override
  public int maxRequestBytes() {
    return MAX_BODY;
  }

  @Override
  public byte[] event(ClientRequest sent) {
    ClientRequest request = sent.forwarded();
    ObjectNode event = Version2.event(request, "$default", Bodies.isBinary(request));
    Version2.addContext(event, request, "anonymous", ID, "$default")
        .put("domainName", DOMAIN)
        .putNull("authentication");
    return Json.bytes(event);
  }

  @Override
  public GatewayResponse answer(ClientRequest request, byte[] payload)
      throws MalformedAnswerException {
    return Version2.answer(payload, "application/json");
  }

  @Override
  public boolean streams() {
    return true;
  }

  @Override
  public GatewayResponse streamedHead(JsonNode prelude) throws MalformedAnswerException {
    Result result = new Result(prelude);
    List<Header> headers = new ArrayList<>(result.headers());
    headers.addAll(result.cookies());
    int status = result.has("statusCode") ? result.status() : 200;
    return new GatewayResponse(status, headers, new byte[0]);
  }

  @Override
  public GatewayResponse failure(Failure failure) {
    return switch (failure) {
      case FUNCTION_ERROR, MALFORMED_ANSWER ->
        GatewayResponse.of(502, "application/json", "Internal Server Error");
      case INTEGRATION_TIMEOUT -> GatewayResponse.message(504, "Gateway Timeout");
      case REQUEST_TOO_LARGE, HEADERS_TOO_LARGE ->
        GatewayResponse.of(
            413,
            "application/json",
            "{\"Message\":\"Request must be smaller than 6291456 bytes for the InvokeFunction"
                + " operation\"}");
      case THROTTLED -> GatewayResponse.message(429, "Rate Exceeded.");
    };
  }
}
