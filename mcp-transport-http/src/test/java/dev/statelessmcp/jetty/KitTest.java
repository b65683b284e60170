package dev.statelessmcp.jetty;

import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.test.LiveKitSuite;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.SampleServer;
import dev.statelessmcp.test.TestSubscription;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The test kit over a socket. */
class KitTest extends LiveKitSuite {
  private McpHttpServer http;

  @Override
  protected McpTestClient connect() throws Exception {
    http = McpHttpServer.builder(sample.create())
        .port(0)
        .legacySessions(true)
        .silence(Duration.ofMillis(50)) // until a client that has gone is noticed
        .stopTimeout(Duration.ofMillis(100))
        .start();
    return McpTestClient.http(http.uri());
  }

  @Override
  protected void stop() throws Exception {
    http.close();
  }

  @Test
  void headersReachTheHandler() {
    client().header("X-Team", "blue").call("who").hasText(" [blue]").hasStatus(200);
  }

  @Test
  void legacySessionReallyAsksAndSendsChanges() {
    try (McpTestClient legacy = client().legacy()) {
      legacy
          .answers("name", new SampleServer.Name("Ann"))
          .answers("booking", new SampleServer.Booking(4, true))
          .call("book")
          .hasText("Ann: 4");
      try (TestSubscription changes =
          legacy.listen(ChangeEvent.resourceUpdated("notes:///welcome"))) {
        sample.feed.publish(ChangeEvent.resourceUpdated("notes:///welcome"));
        changes.receives(ChangeEvent.resourceUpdated("notes:///welcome"));
      }
    }
  }
}
