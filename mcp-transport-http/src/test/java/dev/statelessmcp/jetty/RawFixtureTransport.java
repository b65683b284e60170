package dev.statelessmcp.jetty;

import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.FixtureTransport;
import java.io.IOException;

/** Sends fixtures to a server at the path {@code /mcp} of a port of this machine. */
public record RawFixtureTransport(String server, int port) implements FixtureTransport {

  @Override
  public FixtureAnswer send(FixtureRequest request) throws IOException {
    HttpText text = HttpText.of(request.method(), "/mcp").body(request.body());
    request.headers().forEach(text::header);
    HttpAnswer answer = RawClient.exchange(port, text);
    return FixtureAnswer.ofHttp(answer.status(), answer.headers(), answer.body());
  }

  @Override
  public boolean http() {
    return true;
  }
}
