package dev.statelessmcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureTransport;
import dev.statelessmcp.fixtures.Fixtures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every fixture that is not about HTTP, over pipes. */
class FixturesTest {
  private static final Logger LOG = Logger.getLogger("dev.statelessmcp");

  /** Tools fail on purpose, and their stack traces would look like failing tests. */
  @BeforeAll
  static void silenceLog() {
    LOG.setLevel(Level.OFF);
  }

  @AfterAll
  static void restoreLog() {
    LOG.setLevel(null);
  }

  @TestFactory
  Stream<DynamicTest> overStdio() {
    return Stream.of(FixtureServer.MAIN, FixtureServer.EXTENDED).flatMap(name -> {
      FixtureTransport transport = new Pipes(name);
      return Fixtures.over(transport).stream()
          .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> fixture.run(transport)));
    });
  }

  /** A connection for every fixture, on which a legacy one begins with the handshake. */
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
        if (!request.modern() && !isInitialize(request)) {
          client.send(Messages.initialize("\"handshake\"", request.version()));
          JsonNode agreed = client.receive();
          if (!request.version().equals(agreed.at("/result/protocolVersion").textValue())) {
            throw new AssertionError("no handshake: " + agreed);
          }
          client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
        }
        client.send(request.body());
        return answer(client.rest());
      }
    }

    private static boolean isInitialize(FixtureRequest request) {
      return request.body().contains("\"initialize\"") && !request.body().startsWith("[");
    }

    private static FixtureAnswer answer(List<JsonNode> messages) {
      List<JsonNode> notifications = new ArrayList<>();
      JsonNode answer = null;
      for (JsonNode message : messages) {
        if (answer != null) {
          throw new AssertionError("something comes after the answer: " + message);
        }
        if (message.has("method")) {
          notifications.add(message);
        } else {
          answer = message;
        }
      }
      return FixtureAnswer.withoutHttp(notifications, answer);
    }

    @Override
    public boolean http() {
      return false;
    }

    @Override
    public boolean streams() {
      return true;
    }
  }
}
