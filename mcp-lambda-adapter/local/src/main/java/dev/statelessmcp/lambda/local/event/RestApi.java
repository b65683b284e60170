package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A REST API of API Gateway, with the Lambda proxy integration. */
final class RestApi implements EventFormat {
  private static final Set<String> RESULT =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  private static final Duration TIMEOUT = Duration.ofSeconds(29);
  private static final int MAX_BODY = 10 * 1024 * 1024;

  private final String stage;
  private final Routes routes;
  private final List<String> binaryMediaTypes;

  RestApi(Gateway gateway) {
    String given = gateway.stage();
    stage = given == null ? "dev" : given; // there is always one
    routes = new Routes(gateway.paths());
    binaryMediaTypes = gateway.binaryMediaTypes();
  }

  @Override
  public String pathPrefix() {
    return "/" + stage;
  }

  @Override
  public int maxRequestBytes() {
    return MAX_BODY;
  }

  @Override
  public Optional<Duration> integrationTimeout() {
    return Optional.of(TIMEOUT);
  }

  @Override
  public Optional<GatewayResponse> refusal(ClientRequest request) {
    if (request.headBytes() > ApiHeaders.MAX_BYTES) {
      return Optional.of(failure(Failure.HEADERS_TOO_LARGE));
    }
    Optional<String> path = Routes.withoutStage(request.path(), stage);
    if (path.isEmpty()) {
      return Optional.of(GatewayResponse.message(403, "Forbidden"));
    }
    return route(path.get()).isPresent()
        ? Optional.empty()
        : Optional.of(GatewayResponse.message(403, "Missing Authentication Token"));
  }

  @Override
  public byte[] event(ClientRequest sent) {
    String path = Routes.withoutStage(sent.path(), stage).orElseThrow();
    ClientRequest request = sent.forwarded().withPath(path);
    Routes.Route route = route(path).orElseThrow();
    ObjectNode event = Version1Context.event(request, route, request.headersAsSent());
    Version1Context.addTo(event, request, route, stage, sent.path()).put("deploymentId", "local0");
    if (request.body().length == 0) {
      event.putNull("body").put("isBase64Encoded", false);
    } else {
      Bodies.put(event, request, isBinary(request.header("Content-Type")));
    }
    return Json.bytes(event);
  }

  @Override
  public GatewayResponse answer(ClientRequest request, byte[] payload)
      throws MalformedAnswerException {
    Result result = Result.of(payload);
    result.allowOnly(RESULT);
    byte[] body = result.body(isBinary(request.header("Accept")));
    List<Header> headers = Result.withDefaultType(merged(result), "application/json", body);
    return new GatewayResponse(result.status(), renamed(headers), body);
  }

  @Override
  public boolean streams() {
    return true;
  }

  @Override
  public GatewayResponse streamedHead(JsonNode prelude) throws MalformedAnswerException {
    Result result = new Result(prelude);
    List<Header> headers = merged(result);
    headers.addAll(result.cookies());
    int status = result.has("statusCode") ? result.status() : 200;
    return new GatewayResponse(status, renamed(headers), new byte[0]);
  }

  @Override
  public List<Header> renamed(List<Header> headers) {
    return ApiHeaders.renamed(headers);
  }

  @Override
  public GatewayResponse failure(Failure failure) {
    return switch (failure) {
      case FUNCTION_ERROR, MALFORMED_ANSWER ->
        GatewayResponse.of(502, "application/json", "{\"message\": \"Internal server error\"}");
      case INTEGRATION_TIMEOUT ->
        GatewayResponse.of(
            504, "application/json", "{\"message\": \"Endpoint request timed out\"}");
      case REQUEST_TOO_LARGE -> GatewayResponse.message(413, "Request Entity Too Large");
      case HEADERS_TOO_LARGE -> GatewayResponse.message(431, "Request Header Fields Too Large");
      case THROTTLED -> GatewayResponse.message(429, "Rate Exceeded.");
    };
  }

  /** The route of a path; a trailing slash is ignored. */
  private Optional<Routes.Route> route(String path) {
    boolean slash = path.length() > 1 && path.endsWith("/");
    return routes.find(slash ? path.substring(0, path.length() - 1) : path);
  }

  /** Merges the headers; a list takes precedence. */
  private static List<Header> merged(Result result) throws MalformedAnswerException {
    List<Header> lists = result.lists("multiValueHeaders");
    List<Header> headers = new ArrayList<>(lists);
    for (Header header : result.headers()) {
      if (Header.first(lists, header.name()) == null) {
        headers.add(header);
      }
    }
    return headers;
  }

  private boolean isBinary(@Nullable String type) {
    return binaryMediaTypes.contains("*/*") || binaryMediaTypes.contains(Bodies.mediaType(type));
  }
}
