package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureTransport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Runs fixtures through one kind of HTTP event.
 *
 * @param server the server of {@code FixtureServer} that the function serves
 * @param shape the kind of event
 * @param function serves an event
 */
public record HttpEventTransport(String server, EventShape shape, UnaryOperator<JsonNode> function)
    implements FixtureTransport {

  /** To the main server. */
  public HttpEventTransport(EventShape shape, UnaryOperator<JsonNode> function) {
    this(FixtureServer.MAIN, shape, function);
  }

  @Override
  public FixtureAnswer send(FixtureRequest request) {
    Map<String, String> headers = new LinkedHashMap<>(request.headers());
    headers.put("Host", "api.example.com");
    JsonNode answer =
        function.apply(shape.event(request.method(), "/echo/mcp", headers, request.body()));
    return FixtureAnswer.ofHttp(
        answer.get("statusCode").intValue(),
        shape.headers(answer),
        answer.get("body").textValue());
  }

  @Override
  public String name() {
    return shape.name() + " to " + server;
  }

  @Override
  public boolean http() {
    return true;
  }
}
