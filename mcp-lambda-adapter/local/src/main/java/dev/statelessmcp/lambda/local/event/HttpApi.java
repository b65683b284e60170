package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An HTTP API of API Gateway whose integration has payload 2.0. */
final class HttpApi implements EventFormat {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_BODY = 10 * 1024 * 1024;

  private final @Nullable String stage;
  private final boolean routesAll;
  private final Routes routes;

  HttpApi(Gateway gateway) {
    stage = gateway.stage();
    routesAll = gateway.paths().isEmpty();
    routes = new Routes(gateway.paths());
  }

  String stage() {
    return stage == null ? "$default" : stage;
  }

  /** The path of a request that was not refused, without the stage. */
  String pathOf(ClientRequest request) {
    return Routes.withoutStage(request.path(), stage).orElseThrow();
  }

  Routes.Route routeOf(ClientRequest request) {
    return routes.find(pathOf(request)).orElseThrow();
  }

  @Override
  public String pathPrefix() {
    return stage == null ? "" : "/" + stage;
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
    return Routes.withoutStage(request.path(), stage).flatMap(routes::find).isPresent()
        ? Optional.empty()
        : Optional.of(GatewayResponse.message(404, "Not Found"));
  }

  @Override
  public byte[] event(ClientRequest sent) {
    ClientRequest request = sent.forwarded();
    Routes.Route route = routeOf(sent);
    String routeKey = routesAll ? "$default" : "ANY " + route.resource();
    ObjectNode event = Version2.event(request, routeKey, Bodies.isBinary(request));
    if (!routesAll && route.proxy() != null) {
      event.putObject("pathParameters").put("proxy", route.proxy());
    }
    Version2.addContext(event, request, Version1Context.ACCOUNT, Version1Context.API, stage())
        .put("domainName", Version1Context.DOMAIN);
    return Json.bytes(event);
  }

  @Override
  public GatewayResponse answer(ClientRequest request, byte[] payload)
      throws MalformedAnswerException {
    GatewayResponse answer = Version2.answer(payload, "text/plain;charset=UTF-8");
    return new GatewayResponse(answer.status(), renamed(answer.headers()), answer.body());
  }

  @Override
  public List<Header> renamed(List<Header> headers) {
    return ApiHeaders.renamed(headers);
  }

  @Override
  public GatewayResponse failure(Failure failure) {
    return switch (failure) {
      case FUNCTION_ERROR, MALFORMED_ANSWER ->
        GatewayResponse.message(500, "Internal Server Error");
      case INTEGRATION_TIMEOUT -> GatewayResponse.message(503, "Service Unavailable");
      case REQUEST_TOO_LARGE -> GatewayResponse.message(413, "Request Entity Too Large");
      case HEADERS_TOO_LARGE -> GatewayResponse.message(431, "Request Header Fields Too Large");
      case THROTTLED -> GatewayResponse.message(429, "Rate Exceeded.");
    };
  }
}
