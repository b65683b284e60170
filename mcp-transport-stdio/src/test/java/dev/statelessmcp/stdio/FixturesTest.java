package dev.statelessmcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureSuite;
import dev.statelessmcp.fixtures.FixtureTransport;
import dev.statelessmcp.testing.Waiting;
import java.time.Duration;
import java.util.List;

/** Every fixture that is not about HTTP, over pipes. */
class FixturesTest extends FixtureSuite {

  @Override
  protected List<FixtureTransport> transports() {
    return List.of(new Pipes(FixtureServer.MAIN), new Pipes(FixtureServer.EXTENDED));
  }

  /** Opens a connection for every request; a legacy one begins with the handshake. */
  private record Pipes(String server, StdioTransport stdio) implements FixtureTransport {

    Pipes(String server) {
      this(
          server,
          StdioTransport.of(FixtureServer.create(server))
              .grace(Duration.ofSeconds(Waiting.SECONDS)));
    }

    @Override
    public FixtureAnswer send(FixtureRequest request) throws Exception {
      try (StdioClient client = StdioClient.of(stdio)) {
        if (request.needsHandshake()) {
          client.send(request.handshake());
          JsonNode agreed = client.receive();
          if (!request.version().equals(agreed.at("/result/protocolVersion").textValue())) {
            throw new AssertionError("the handshake failed: " + agreed);
          }
          client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        }
        client.send(request.body());
        return FixtureAnswer.ofMessages(client.rest());
      }
    }

    @Override
    public boolean http() {
      return false;
    }
  }
}
