package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.event.EventSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A handler that takes too long: the client hears of it in time, and the handler too. */
@Timeout(60)
class TimeoutTest {
  private final SlowServer slow = new SlowServer();
  private final TestContext context = new TestContext();
  private final TestFunction function =
      new TestFunction(slow.server().build(), LambdaSettings.defaults());

  private static void assertTimeout(int id, JsonNode answer) {
    assertEquals("2.0", answer.path("jsonrpc").asText(), answer::toString);
    assertEquals(id, answer.path("id").intValue(), answer::toString);
    assertEquals(-32603, answer.at("/error/code").intValue(), answer::toString);
    assertTrue(answer.at("/error/message").asText().startsWith("Timeout"), answer::toString);
  }

  private void assertOneLine(EventSource source) {
    JsonNode line = context.line();
    assertEquals("timeout", line.get("status").textValue());
    assertTrue(
        line.get("reason").textValue().matches("the call took longer than the [0-9]+ ms that .*"),
        line::toString);
    assertEquals("ERROR", line.get("level").textValue());
    assertEquals("request-1", line.get("AWSRequestId").textValue());
    assertEquals(source.name(), line.get("source").textValue());
  }

  @Execution(ExecutionMode.CONCURRENT) // it waits
  @ParameterizedTest
  @EnumSource(EventShape.class)
  void isAnsweredInBothErasWithTheIdOfTheRequest(EventShape shape) throws InterruptedException {
    int id = 40;
    for (ObjectNode call : List.of(
        Messages.call(41, "obedient", "{}"),
        Messages.modern(Messages.call(42, "obedient", "{}")))) {
      context.lines.clear();
      JsonNode answer = slow.invoke(function, Messages.event(shape, call), context);
      assertEquals(200, answer.get("statusCode").intValue());
      assertEquals("application/json", shape.headers(answer).get("content-type"));
      assertTimeout(++id, Messages.body(answer));
      slow.nextInterrupted();
      assertOneLine(shape.source());
    }
  }

  @Execution(ExecutionMode.CONCURRENT) // it waits
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isAnsweredToADirectMessage(boolean modern) throws InterruptedException {
    ObjectNode call = Messages.call(5, "obedient", "{}");
    assertTimeout(5, slow.invoke(function, modern ? Messages.modern(call) : call, context));
    slow.nextInterrupted();
    assertOneLine(EventSource.DIRECT);
  }

  @Test
  void isAnExceptionForAgentCore() throws InterruptedException {
    AgentCoreException e = assertThrows(
        AgentCoreException.class,
        () -> slow.invoke(function, "{}", context.agentCore("t___obedient")));
    assertTrue(e.getMessage().startsWith("Timeout"), e.getMessage());
    slow.nextInterrupted();
    assertOneLine(EventSource.AGENTCORE_GATEWAY);
  }

  private static ArrayNode batch() {
    return Json.array()
        .add(Messages.call(1, "obedient", "{}"))
        .add(Messages.json("{'jsonrpc':'2.0','method':'notifications/initialized'}"))
        .add(Messages.json("{'jsonrpc':'2.0','method':'notifications/x','params':5}"))
        .add(Messages.call(2, "quick", "{}"));
  }

  /** The rest of the batch is not run, because its answers could not be sent. */
  private void assertEachIdAndNoMoreCalls(JsonNode answers) throws InterruptedException {
    assertEquals(2, answers.size(), answers::toString);
    assertTimeout(1, answers.get(0));
    assertTimeout(2, answers.get(1));
    slow.nextInterrupted();
    assertTrue(Messages.body(function.invoke(
            Messages.event(EventShape.ALB, Messages.call(3, "quick", "{}")), new TestContext()))
        .has("result"));
    assertEquals(2, slow.begun.get(), "obedient and the last quick one");
  }

  @Execution(ExecutionMode.CONCURRENT) // it waits
  @ParameterizedTest
  @EnumSource(EventShape.class)
  void isAnsweredToEachRequestOfABatch(EventShape shape) throws InterruptedException {
    ObjectNode event = shape.event("POST", "/mcp", Messages.headers(), Json.text(batch()));
    assertEachIdAndNoMoreCalls(Messages.body(slow.invoke(function, event, context)));
  }

  @Test
  void isAnsweredToEachRequestOfADirectBatch() throws InterruptedException {
    assertEachIdAndNoMoreCalls(slow.invoke(function, batch(), context));
  }

  @Execution(ExecutionMode.CONCURRENT) // it waits
  @ParameterizedTest
  @EnumSource(EventShape.class)
  void endsAStreamThatHasBegun(EventShape shape) throws InterruptedException {
    ObjectNode call = Messages.withProgress(Messages.call(8, "progress", "{}"));
    JsonNode answer = slow.invoke(function, Messages.event(shape, call), context);
    assertEquals("text/event-stream", shape.headers(answer).get("content-type"));
    String[] events = answer.get("body").textValue().split("\n\n", -1);
    assertEquals(3, events.length, answer::toString);
    assertTrue(events[0].contains("notifications/progress"), events[0]);
    assertTimeout(8, Json.parse(events[1].substring(events[1].indexOf('{'))));
    assertEquals("", events[2]);
    slow.nextInterrupted();
  }

  @Execution(ExecutionMode.CONCURRENT) // it waits
  @ParameterizedTest
  @EnumSource(EventShape.class)
  void namesTheLimitAndItsSetting(EventShape shape) throws InterruptedException {
    ObjectNode event = Messages.event(shape, Messages.call(1, "obedient", "{}"));
    JsonNode ofFunction = Messages.body(slow.invoke(function, event, context));
    assertTrue(
        ofFunction
            .at("/error/message")
            .asText()
            .endsWith("left to it; the setting is the function's Timeout"),
        ofFunction::toString);
    slow.nextInterrupted();
    if (shape.source().isApiGateway()) {
      TestFunction impatient = new TestFunction(
          slow.server().build(),
          LambdaSettings.defaults().gatewayTimeout(java.time.Duration.ofSeconds(1)));
      JsonNode ofGateway =
          Messages.body(impatient.invoke(event, new TestContext().remaining(60_000)));
      assertTrue(
          ofGateway.at("/error/message").asText().endsWith("the setting is MCP_GATEWAY_TIMEOUT_MS"),
          ofGateway::toString);
    }
  }

  /** Without any time left there is still an answer. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, -5})
  void isAnsweredAtOnceIfThereIsNoTime(int remaining) {
    JsonNode answer =
        function.invoke(Messages.call(5, "obedient", "{}"), context.remaining(remaining));
    assertTimeout(5, answer);
  }
}
