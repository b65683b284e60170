package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.test.LiveKitSuite;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.SampleServer;
import dev.statelessmcp.test.TestSubscription;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The test kit over pipes and processes. */
class KitTest extends LiveKitSuite {
  @Override
  protected McpTestClient connect() {
    McpServer server = sample.create();
    return McpTestClient.of(PipedServer.of(StdioTransport.of(server).grace(Duration.ZERO)));
  }

  @Test
  void legacyServerReallyAsks() {
    try (McpTestClient legacy = client().legacy()) {
      legacy
          .answers("name", new SampleServer.Name("Ann"))
          .answers("booking", new SampleServer.Booking(4, true))
          .call("book")
          .hasText("Ann: 4");
    }
  }

  @Test
  void legacySubscription() {
    try (McpTestClient legacy = client().legacy();
        TestSubscription changes = legacy.listen(ChangeEvent.resourceUpdated("notes:///welcome"))) {
      sample.feed.publish(ChangeEvent.resourceUpdated("notes:///welcome"));
      changes.receives(ChangeEvent.resourceUpdated("notes:///welcome"));
    }
  }

  private static McpTestClient process(String main) {
    return McpTestClient.stdio(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        main);
  }

  @Test
  void processIsServedAndEnded() {
    McpTestClient modern = process(ProcessServer.class.getName());
    try (McpTestClient legacy = modern.legacy()) {
      legacy.call("echo", "{\"text\":\"Grüße\"}").hasText("Grüße");
      assertEquals("2025-11-25", legacy.server().get("protocolVersion").textValue());
    }
    try (modern) {
      modern.call("echo", "{\"text\":\"世界\"}").hasText("世界");
    }
  }

  @Test
  void processThatEndsFailsTheRequestWithItsLog() {
    try (McpTestClient client = process("no.such.Main")) {
      AssertionError failure = assertThrows(AssertionError.class, () -> client.call("echo"));
      assertTrue(failure.getMessage().startsWith("The server"), failure::getMessage);
    }
  }
}
