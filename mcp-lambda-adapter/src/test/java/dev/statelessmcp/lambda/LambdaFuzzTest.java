package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fuzz.Fuzz;
import dev.statelessmcp.fuzz.FuzzMessage;
import dev.statelessmcp.fuzz.FuzzTarget;
import dev.statelessmcp.testing.SilentLog;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Messages that are nearly right, in whole events of every sender. {@code MutationTest} spoils the
 * events themselves.
 */
@ExtendWith(SilentLog.class)
class LambdaFuzzTest {

  @Test
  void everyMessageIsAnsweredByTheRules() throws Exception {
    Map<String, List<FuzzTarget>> targets = new TreeMap<>();
    for (String server : List.of(FixtureServer.MAIN, FixtureServer.EXTENDED)) {
      TestFunction function = new TestFunction(
          FixtureServer.create(server), LambdaSettings.defaults().path("/echo/mcp"));
      List<FuzzTarget> events = new ArrayList<>();
      for (EventShape shape : EventShape.values()) {
        events.add(new Event(shape, function));
      }
      events.add(new Message(function));
      targets.put(server, events);
    }
    Fuzz.run("Lambda events", 10, targets);
  }

  private record Event(EventShape shape, TestFunction function) implements FuzzTarget {

    @Override
    public boolean http() {
      return true;
    }

    @Override
    public String name() {
      return shape.name();
    }

    /** Text, as an event carries it. */
    @Override
    public FuzzMessage carried(FuzzMessage message) {
      return message.body(message.text().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public FixtureAnswer send(FuzzMessage message) {
      Map<String, String> headers = new LinkedHashMap<>(message.headers());
      headers.put("Host", "api.example.com");
      JsonNode answer = function.invoke(
          shape.event(message.method(), "/echo/mcp", headers, message.text()), new TestContext());
      return FixtureAnswer.ofHttp(
          answer.get("statusCode").intValue(),
          shape.headers(answer),
          answer.get("body").textValue());
    }
  }

  /** A direct invocation, whose event is the message. */
  private record Message(TestFunction function) implements FuzzTarget {

    @Override
    public boolean http() {
      return false;
    }

    @Override
    public String name() {
      return "direct invocation";
    }

    @Override
    public FixtureAnswer send(FuzzMessage message) {
      try {
        byte[] answer = function.invoke(message.body(), new TestContext());
        JsonNode json =
            dev.statelessmcp.json.Json.parse(new String(answer, StandardCharsets.UTF_8));
        return FixtureAnswer.withoutHttp(List.of(), json.isEmpty() ? null : json);
      } catch (UnsupportedEventException e) {
        return null;
      }
    }
  }
}
