package dev.statelessmcp.jetty;

import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureTransport;
import dev.statelessmcp.fixtures.Fixtures;
import java.io.IOException;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every fixture, over a real Jetty. */
class FixturesTest {
  private static final Logger LOG = Logger.getLogger("dev.statelessmcp");

  private static McpHttpServer http;
  private static McpHttpServer extended;

  @BeforeAll
  static void start() throws IOException {
    // Tools fail on purpose, and their stack traces would look like failing tests.
    LOG.setLevel(Level.OFF);
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
    LOG.setLevel(null);
  }

  @TestFactory
  Stream<DynamicTest> overHttp() {
    return Stream.of(
            new Jetty(FixtureServer.MAIN, http.port()),
            new Jetty(FixtureServer.EXTENDED, extended.port()))
        .flatMap(transport -> Fixtures.over(transport).stream()
            .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> fixture.run(transport))));
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

    @Override
    public boolean streams() {
      return true;
    }
  }
}
