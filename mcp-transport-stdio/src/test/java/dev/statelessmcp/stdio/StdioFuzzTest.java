package dev.statelessmcp.stdio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fuzz.Fuzz;
import dev.statelessmcp.fuzz.FuzzMessage;
import dev.statelessmcp.fuzz.FuzzTarget;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import dev.statelessmcp.testing.SilentLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Messages that are nearly right, many on one pipe. After each comes a request that must be
 * answered, so that a message without an answer is told from one whose answer is still to come.
 */
@ExtendWith(SilentLog.class)
class StdioFuzzTest {

  @Test
  void everyMessageIsAnsweredByTheRules() throws Exception {
    List<Pipes> all = new ArrayList<>();
    Map<String, List<FuzzTarget>> targets = new TreeMap<>();
    try {
      for (String server : List.of(FixtureServer.MAIN, FixtureServer.EXTENDED)) {
        Pipes pipes = new Pipes(server);
        all.add(pipes);
        targets.put(server, List.of(pipes));
      }
      Fuzz.run("stdio", 10, targets);
    } finally {
      for (Pipes pipes : all) {
        pipes.close();
      }
    }
  }

  private static final class Pipes implements FuzzTarget {
    private final String name;
    private final StdioTransport stdio;
    private StdioClient client;
    private String version; // of the handshake on the pipe
    private int count;

    Pipes(String name) {
      this.name = name;
      stdio = StdioTransport.of(FixtureServer.create(name));
    }

    @Override
    public boolean http() {
      return false;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String legacyVersion(FuzzMessage message) {
      return version;
    }

    /** One line. */
    @Override
    public FuzzMessage carried(FuzzMessage message) {
      byte[] line = message.body().clone();
      for (int i = 0; i < line.length; i++) {
        if (line[i] == '\n' || line[i] == '\r') {
          line[i] = ' ';
        }
      }
      return message.body(line);
    }

    @Override
    public FixtureAnswer send(FuzzMessage message) throws Exception {
      connect(message);
      JsonNode tree = tree(message.body());
      client.send(message.body());
      List<JsonNode> messages = new ArrayList<>();
      if (tree != null && tree.isArray()) { // whose answer may come at any time, or not at all
        messages.addAll(client.rest());
        disconnect();
        return FixtureAnswer.ofMessages(messages);
      }
      String marker = "marker " + count++;
      client.send("{\"jsonrpc\":\"2.0\",\"id\":\"" + marker + "\",\"method\":\"ping\"}");
      boolean nullId = tree != null && tree.path("id").isNull(); // as some notifications have
      boolean request =
          tree != null && tree.has("id") && !nullId && tree.path("method").isTextual();
      boolean answered = !request; // or before the marker
      boolean marked = false;
      while (!marked || !answered) {
        JsonNode received = client.receive();
        if (received.path("id").asText().equals(marker)) {
          marked = true;
          continue;
        }
        messages.add(received);
        JsonNode lasting = subscription(received);
        if (lasting != null) {
          client.send(Messages.cancelled(lasting.toString()));
        }
        answered |= !received.has("method") || lasting != null;
      }
      return FixtureAnswer.ofMessages(messages);
    }

    /** A message that may change the state of the pipe gets a separate pipe. */
    private void connect(FuzzMessage message) throws Exception {
      String wanted = message.modern() ? "2025-03-26" : message.version();
      boolean initialize = message.text().contains("initialize");
      if (client != null && wanted.equals(version) && !initialize) {
        return;
      }
      close();
      client = StdioClient.of(stdio);
      client.send(Messages.initialize("\"handshake\"", wanted));
      client.receive();
      client.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
      version = initialize ? "" : wanted;
    }

    private static JsonNode tree(byte[] body) {
      try {
        return Json.read(body, JsonLimits.DEFAULT);
      } catch (JsonSyntaxException e) {
        return null;
      }
    }

    /** The id of a subscription that was accepted; null if the message is another. */
    private static JsonNode subscription(JsonNode message) {
      boolean open = message.path("method").asText().endsWith("subscriptions/acknowledged")
          && !message.at("/params/notifications").isEmpty();
      return open ? message.at("/params/_meta/io.modelcontextprotocol~1subscriptionId") : null;
    }

    private void disconnect() throws IOException {
      client.close();
      client = null;
    }

    /** Ends the pipe, on which nothing more may come. */
    void close() throws Exception {
      if (client != null) {
        List<JsonNode> rest = client.rest();
        disconnect();
        assertEquals(List.of(), rest, "after the last answer");
      }
    }
  }
}
