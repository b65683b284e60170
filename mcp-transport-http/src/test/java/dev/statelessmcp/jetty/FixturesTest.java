package dev.statelessmcp.jetty;

import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureSuite;
import dev.statelessmcp.fixtures.FixtureTransport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Every fixture, over a real Jetty. */
class FixturesTest extends FixtureSuite {
  private static McpHttpServer http;
  private static McpHttpServer extended;

  @BeforeAll
  static void start() throws IOException {
    http = start(FixtureServer.MAIN);
    extended = start(FixtureServer.EXTENDED);
  }

  private static McpHttpServer start(String server) throws IOException {
    return McpHttpServer.builder(FixtureServer.create(server))
        .port(0)
        .silence(Duration.ofDays(1))
        .start();
  }

  @AfterAll
  static void stop() {
    http.close();
    extended.close();
  }

  @Override
  protected List<FixtureTransport> transports() {
    return List.of(
        new Jetty(FixtureServer.MAIN, http.port()),
        new Jetty(FixtureServer.EXTENDED, extended.port()));
  }

  private record Jetty(String server, int port) implements FixtureTransport {

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
}
