package dev.statelessmcp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.fixtures.ClientAnswer;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureTransport;
import dev.statelessmcp.fixtures.Fixtures;
import dev.statelessmcp.input.Elicitation;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A transport that is made of the public API alone serves every fixture that is not about HTTP. */
class ExampleTransportTest {
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
  Stream<DynamicTest> overTheExample() {
    return FixtureServer.NAMES.stream().flatMap(name -> {
      FixtureTransport transport = new Connections(name, FixtureServer.create(name));
      return Fixtures.over(transport).stream()
          .map(fixture -> DynamicTest.dynamicTest(fixture.name(), () -> fixture.run(transport)));
    });
  }

  @Test
  void clientCancelsACallInFlight() {
    List<byte[]> sent = new ArrayList<>();
    ExampleTransport[] connection = new ExampleTransport[1];
    McpServer server = McpServer.named("n", "1")
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> {
          connection[0].receive(bytes("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\","
              + "\"params\":{\"requestId\":7}}"));
          return ToolResult.text(String.valueOf(call.cancellation().isCancelled()));
        }))
        .build();
    connection[0] = new ExampleTransport(server, sent::add);
    connection[0].receive(bytes("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\","
        + "\"params\":{\"name\":\"t\"}}"));
    assertEquals(0, sent.size());
  }

  static List<ClientAnswer> answers() {
    return ClientAnswer.all();
  }

  record Name(String name) {}

  record None() {}

  @ParameterizedTest
  @MethodSource("answers")
  void answerOfTheClientIsTakenOrEndsTheCall(ClientAnswer answer) throws Exception {
    McpServer server = McpServer.named("n", "1")
        .tool(Tool.of(
                "greet",
                "d",
                None.class,
                (in, call) -> ToolResult.text("Hello "
                    + call.ask("who", Elicitation.form("Your name?", Name.class))
                        .name()))
            .asks(QuestionKind.FORM))
        .build();
    BlockingQueue<JsonNode> sent = new LinkedBlockingQueue<>();
    ExampleTransport connection = new ExampleTransport(
        server, message -> sent.add(Json.parse(new String(message, StandardCharsets.UTF_8))));
    connection.receive(bytes("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{"
        + "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{\"elicitation\":{}},"
        + "\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}"));
    assertEquals(0, sent.take().get("id").intValue());
    Thread call = new Thread(() -> connection.receive(bytes("{\"jsonrpc\":\"2.0\",\"id\":1,"
        + "\"method\":\"tools/call\",\"params\":{\"name\":\"greet\"}}")));
    call.start();
    JsonNode question = sent.take();
    assertEquals("elicitation/create", question.path("method").textValue());
    connection.receive(bytes(answer.to(question.get("id").toString())));
    call.join();
    JsonNode result = sent.take();
    if (answer.problem() == null) {
      assertEquals("Hello Ann", result.at("/result/content/0/text").textValue());
    } else {
      assertTrue(result.at("/result/isError").booleanValue(), result::toString);
      assertTrue(
          answer.isReportedBy(result.at("/result/content/0/text").textValue()), result::toString);
    }
    assertTrue(sent.isEmpty(), sent::toString);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A connection for each fixture, on which a legacy one begins with the handshake. */
  private record Connections(String server, McpServer mcp) implements FixtureTransport {

    @Override
    public FixtureAnswer send(FixtureRequest request) {
      List<byte[]> sent = new ArrayList<>();
      ExampleTransport connection = new ExampleTransport(mcp, sent::add);
      boolean initialize = request.body().contains("\"initialize\"");
      if (!request.modern() && (!initialize || request.body().startsWith("["))) {
        connection.receive(bytes("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\","
            + "\"params\":{\"protocolVersion\":\"" + request.version()
            + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}"));
        sent.clear();
      }
      connection.receive(bytes(request.body()));
      List<JsonNode> notifications = new ArrayList<>();
      JsonNode answer = null;
      for (byte[] message : sent) {
        JsonNode json = Json.parse(new String(message, StandardCharsets.UTF_8));
        if (json.has("method")) {
          notifications.add(json);
        } else {
          answer = json;
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
