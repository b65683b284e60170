package dev.statelessmcp.servlet;

import dev.statelessmcp.http.LegacySessions;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.test.LiveKitSuite;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.SampleServer;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The test kit over a servlet container. */
class KitTest extends LiveKitSuite {
  private Container container;

  @Override
  protected McpTestClient connect() throws Exception {
    McpServlet servlet = new McpServlet(StreamableHttp.builder(sample.create())
        .path("/mcp")
        .legacySessions(LegacySessions.DEFAULT)
        .build());
    servlet.setSilence(Duration.ofMillis(50)); // until a client that has gone is noticed
    container = new TomcatContainer(servlet);
    return McpTestClient.http(URI.create("http://localhost:" + container.port() + "/mcp"));
  }

  @Override
  protected void stop() throws Exception {
    container.stop();
  }

  @Test
  void legacySessionReallyAsks() {
    try (McpTestClient legacy = client().legacy()) {
      legacy
          .answers("name", new SampleServer.Name("Ann"))
          .answers("booking", new SampleServer.Booking(4, true))
          .call("book")
          .hasText("Ann: 4");
    }
  }
}
