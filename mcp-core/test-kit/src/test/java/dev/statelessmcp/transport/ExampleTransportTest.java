package dev.statelessmcp.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.fixtures.ClientAnswer;
import dev.statelessmcp.fixtures.FixtureAnswer;
import dev.statelessmcp.fixtures.FixtureRequest;
import dev.statelessmcp.fixtures.FixtureServer;
import dev.statelessmcp.fixtures.FixtureSuite;
import dev.statelessmcp.fixtures.FixtureTransport;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A transport made only of public API serves every fixture that is not about HTTP. */
class ExampleTransportTest extends FixtureSuite {

  @Override
  protected List<FixtureTransport> transports() {
    List<FixtureTransport> transports = new ArrayList<>();
    for (String name : FixtureServer.NAMES) {
      transports.add(new Connections(name, FixtureServer.create(name)));
    }
    return transports;
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
                    + call.ask("who", Question.form("Your name?", Name.class)).name()))
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
      if (request.needsHandshake()) {
        connection.receive(bytes(request.handshake()));
        sent.clear();
      }
      connection.receive(bytes(request.body()));
      List<JsonNode> messages = new ArrayList<>();
      for (byte[] message : sent) {
        messages.add(Json.parse(new String(message, StandardCharsets.UTF_8)));
      }
      return FixtureAnswer.ofMessages(messages);
    }

    @Override
    public boolean http() {
      return false;
    }
  }
}
