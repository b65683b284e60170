package dev.statelessmcp.jetty;

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
        new RawFixtureTransport(FixtureServer.MAIN, http.port()),
        new RawFixtureTransport(FixtureServer.EXTENDED, extended.port()));
  }
}
