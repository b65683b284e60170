package dev.statelessmcp.lambda.local.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.lambda.local.http.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An HTTP API of API Gateway whose integration has payload 1.0. */
final class HttpApiVersion1 implements EventFormat {
  private final HttpApi api;

  HttpApiVersion1(Gateway gateway) {
    api = new HttpApi(gateway);
  }

  @Override
  public String pathPrefix() {
    return api.pathPrefix();
  }

  @Override
  public int maxRequestBytes() {
    return api.maxRequestBytes();
  }

  @Override
  public Optional<Duration> integrationTimeout() {
    return api.integrationTimeout();
  }

  @Override
  public Optional<GatewayResponse> refusal(ClientRequest request) {
    return api.refusal(request);
  }

  @Override
  public byte[] event(ClientRequest sent) {
    ClientRequest request = sent.forwarded().withPath(api.pathOf(sent));
    Routes.Route route = api.routeOf(sent);
    ObjectNode event = Version1Context.event(request, route, request.headersInLowerCase());
    event.put("version", "1.0");
    Version1Context.addTo(event, request, route, api.stage(), sent.path());
    if (request.body().length == 0) {
      event.putNull("body").put("isBase64Encoded", false);
    } else {
      Bodies.put(event, request, Bodies.isBinary(request));
    }
    return Json.bytes(event);
  }

  @Override
  public GatewayResponse answer(ClientRequest request, byte[] payload)
      throws MalformedAnswerException {
    Result result = Result.of(payload);
    byte[] body = result.body(true);
    List<Header> lists = result.lists("multiValueHeaders");
    List<Header> headers = new ArrayList<>(lists);
    for (Header header : result.headers()) {
      if (Header.first(lists, header.name()) == null) {
        headers.add(header);
      }
    }
    headers = Result.withDefaultType(headers, "text/plain;charset=UTF-8", body);
    return new GatewayResponse(result.status(), renamed(headers), body);
  }

  @Override
  public GatewayResponse failure(Failure failure) {
    return api.failure(failure);
  }

  @Override
  public List<Header> renamed(List<Header> headers) {
    return api.renamed(headers);
  }
}
