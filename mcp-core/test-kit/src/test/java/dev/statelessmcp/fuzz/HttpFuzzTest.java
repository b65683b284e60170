package dev.statelessmcp.fuzz;

import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.InMemoryHttpTransport;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.testing.SilentLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Messages that are nearly right, through the rules of HTTP without a server library. */
@ExtendWith(SilentLog.class)
class HttpFuzzTest {

  @Test
  void everyMessageIsAnsweredByTheRules() throws Exception {
    Map<String, List<FuzzTarget>> targets = new TreeMap<>();
    for (String server : FixtureServer.NAMES) {
      StreamableHttp endpoint =
          StreamableHttp.builder(FixtureServer.create(server)).build();
      targets.put(server, List.of(new Endpoint(new InMemoryHttpTransport(endpoint), server)));
    }
    Fuzz.run("StreamableHttp", 30, targets);
  }

  private record Endpoint(InMemoryHttpTransport endpoint, String name) implements FuzzTarget {

    @Override
    public boolean http() {
      return true;
    }

    @Override
    public FixtureAnswer send(FuzzMessage message) throws IOException {
      return endpoint.send(message.method(), message.headers(), message.body());
    }
  }
}
