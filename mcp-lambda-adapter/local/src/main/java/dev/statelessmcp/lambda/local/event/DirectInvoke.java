package dev.statelessmcp.lambda.local.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.statelessmcp.lambda.local.http.Header;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Invoke operation: the body of a POST is the event, the result is the body of the answer. */
final class DirectInvoke implements EventFormat {
  private static final Header JSON = new Header("Content-Type", "application/json");

  @Override
  public int maxRequestBytes() {
    return FunctionUrl.MAX_BODY;
  }

  @Override
  public Optional<GatewayResponse> refusal(ClientRequest request) {
    if (!request.method().equals("POST")) {
      return Optional.of(GatewayResponse.message(405, "Only POST invokes the function"));
    }
    try {
      if (request.body().length > 0) {
        Json.parse(request.body(), request.body().length);
      }
      clientContext(request);
      return Optional.empty();
    } catch (MalformedAnswerException e) {
      return Optional.of(GatewayResponse.message(400, "Could not parse request body into json"));
    } catch (IllegalArgumentException e) {
      return Optional.of(GatewayResponse.message(400, "Client context must be base64"));
    }
  }

  @Override
  public byte[] event(ClientRequest request) {
    return request.body().length == 0 ? "{}".getBytes(UTF_8) : request.body();
  }

  @Override
  public @Nullable String clientContext(ClientRequest request) {
    String base64 = request.header("X-Amz-Client-Context");
    return base64 == null ? null : new String(Base64.getDecoder().decode(base64), UTF_8);
  }

  @Override
  public GatewayResponse answer(ClientRequest request, byte[] payload) {
    return new GatewayResponse(200, List.of(JSON), payload);
  }

  @Override
  public GatewayResponse functionError(byte[] payload) {
    // A 200 on AWS, whose clients all look at the header. Those of HTTP look at the status.
    return new GatewayResponse(
        502, List.of(JSON, new Header("X-Amz-Function-Error", "Unhandled")), payload);
  }

  @Override
  public GatewayResponse failure(Failure failure) {
    return switch (failure) {
      case FUNCTION_ERROR, MALFORMED_ANSWER, INTEGRATION_TIMEOUT ->
        GatewayResponse.message(502, "The function failed");
      case REQUEST_TOO_LARGE, HEADERS_TOO_LARGE ->
        GatewayResponse.message(
            413, "Request must be smaller than 6291456 bytes for the InvokeFunction operation");
      case THROTTLED -> GatewayResponse.message(429, "Rate Exceeded.");
    };
  }
}
