package dev.statelessmcp.jetty;

import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fuzz.Fuzz;
import dev.statelessmcp.fuzz.FuzzMessage;
import dev.statelessmcp.fuzz.FuzzTarget;
import dev.statelessmcp.http.LegacySessions;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.testing.SilentLog;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that are nearly right, over connections that last as long as the server lets them. */
@ExtendWith(SilentLog.class)
class JettyFuzzTest {

  @Test
  void everyMessageIsAnsweredByTheRules() throws Exception {
    List<Connection> all = new ArrayList<>();
    Map<String, List<FuzzTarget>> targets = new TreeMap<>();
    try {
      for (String server : List.of(FixtureServer.MAIN, FixtureServer.EXTENDED)) {
        Connection plain = new Connection(server, false);
        all.add(plain);
        Connection inSession = new Connection(server, true);
        all.add(inSession);
        targets.put(server, List.of(plain, inSession));
      }
      Fuzz.run("Jetty", 10, targets);
    } finally {
      for (Connection connection : all) {
        connection.close();
      }
    }
  }

  private static final class Connection implements FuzzTarget, AutoCloseable {
    private final String name;
    private final McpHttpServer http;
    private final boolean sessions;
    private final Map<String, String> ids = new HashMap<>(); // by revision
    private RawClient client;
    private boolean endless;

    Connection(String name, boolean sessions) throws Exception {
      this.name = sessions ? name + " in a session" : name;
      this.sessions = sessions;
      http = McpHttpServer.builder(FixtureServer.create(name))
          .port(0)
          .silence(Duration.ofDays(1))
          .legacySessions(sessions ? LegacySessions.DEFAULT.withMaxSessions(1_000_000) : null)
          .start();
      for (ProtocolVersion version : ProtocolVersion.values()) {
        if (sessions && version.era() == Era.LEGACY) {
          String revision = version.toString();
          ids.put(revision, SessionClient.initialized(http, revision, "{}").id());
        }
      }
    }

    /** A legacy message belongs to the session of its revision, whose streams do not end. */
    @Override
    public FuzzMessage carried(FuzzMessage message) {
      if (!sessions) {
        return message;
      }
      Map<String, String> headers = new LinkedHashMap<>(message.headers());
      headers.keySet().removeIf(name -> name.equalsIgnoreCase("Mcp-Session-Id"));
      if (!message.modern()) {
        headers.put("Mcp-Session-Id", ids.get(message.version()));
        headers.put("MCP-Protocol-Version", message.version());
      }
      boolean asIs = message.modern() || !Set.of("GET", "DELETE").contains(message.method());
      return message.with(asIs ? message.method() : "PUT", headers);
    }

    @Override
    public FixtureAnswer send(FuzzMessage message) throws IOException {
      boolean first = client == null;
      try {
        return exchange(message);
      } catch (IOException e) {
        disconnect();
        if (first) {
          throw e;
        }
        return exchange(message); // the server may have closed an idle connection
      }
    }

    private FixtureAnswer exchange(FuzzMessage message) throws IOException {
      if (client == null) {
        client = new RawClient(http.port());
      }
      HttpText head = HttpText.of(message.method(), "/mcp")
          .header("Content-Length", Integer.toString(message.body().length));
      message.headers().forEach(head::header);
      ByteArrayOutputStream request = new ByteArrayOutputStream(); // one write: two would wait
      request.writeBytes(head.head());
      request.writeBytes(message.body());
      client.send(request.toByteArray());
      HttpAnswer answer = client.receiveHead();
      String body = body(answer, message);
      if (endless || "close".equalsIgnoreCase(answer.header("connection"))) {
        disconnect();
      }
      return FixtureAnswer.ofHttp(answer.status(), answer.headers(), body);
    }

    /** Of a subscription, which has no end, as far as it is acknowledged. */
    private String body(HttpAnswer answer, FuzzMessage message) throws IOException {
      endless = false;
      if (message.method().equals("HEAD") || answer.status() == 204) {
        return "";
      }
      String type = answer.header("content-type");
      if (type == null || !type.startsWith("text/event-stream")) {
        return new String(client.body(answer).readAllBytes(), StandardCharsets.UTF_8);
      }
      StringBuilder events = new StringBuilder();
      BufferedReader lines = client.lines(answer);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        events.append(line).append('\n');
        boolean acknowledged = line.contains("notifications/subscriptions/acknowledged");
        if (acknowledged && !line.contains("\"notifications\":{}")) {
          endless = true;
          return events.append('\n').toString();
        }
      }
      return events.toString();
    }

    private void disconnect() throws IOException {
      if (client != null) {
        client.close();
        client = null;
      }
    }

    @Override
    public boolean http() {
      return true;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void close() throws IOException {
      disconnect();
      http.close();
    }
  }
}
