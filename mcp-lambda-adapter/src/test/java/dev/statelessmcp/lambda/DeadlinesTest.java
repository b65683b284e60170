package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.testing.ThreadCarrier;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When an answer must be there: by Lambda's clock, and by API Gateway's. */
class DeadlinesTest {

  private static HttpEvent event(EventShape shape) {
    return HttpEvent.of(shape.event("POST", "/mcp", Messages.headers(), "{}"));
  }

  private static HttpEvent received(EventShape shape, String json) {
    ObjectNode event = shape.event("POST", "/mcp", Messages.headers(), "{}");
    String member = shape == EventShape.HTTP_API_2 ? "timeEpoch" : "requestTimeEpoch";
    event.withObjectProperty("requestContext").set(member, Json.parse(json));
    return HttpEvent.of(event);
  }

  /** That a deadline is some time from now, whatever time it is. */
  private static void assertFromNow(
      long millis, Deadlines deadlines, int remaining, HttpEvent event, boolean live) {
    long before = System.currentTimeMillis();
    long end = deadlines.of(new TestContext().remaining(remaining), event, live);
    long after = System.currentTimeMillis();
    assertTrue(before + millis <= end && end <= after + millis, () -> end - before + " ms");
  }

  @ParameterizedTest
  @CsvSource({"60000, 59500", "2000, 1500", "1000, 750", "300, 225", "3, 3", "0, 0", "-100, -75"})
  void theMarginIsKeptBackAndIsAtMostAQuarter(int remaining, long expected) {
    assertFromNow(expected, Deadlines.DEFAULT, remaining, null, false);
    assertFromNow(expected, Deadlines.DEFAULT, remaining, event(EventShape.ALB), false);
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void apiGatewayGivesUpByItsOwnClock(EventShape shape) {
    boolean gateway = shape.source().isApiGateway();
    assertEquals(
        gateway, shape.name().startsWith("REST") || shape.name().startsWith("HTTP"), shape.name());
    long expected = gateway ? 28_500 : 899_500;
    assertFromNow(expected, Deadlines.DEFAULT, 900_000, event(shape), false);
    assertFromNow(7_500, Deadlines.DEFAULT, 8_000, event(shape), false);
    assertFromNow(899_500, Deadlines.DEFAULT, 900_000, event(shape), true);
  }

  @ParameterizedTest
  @EnumSource(
      value = EventShape.class,
      names = {"REST_API", "HTTP_API_1", "HTTP_API_2"})
  void theTimeBeforeTheInvocationCounts(EventShape shape) {
    long received = System.currentTimeMillis() - 9_000;
    long end = Deadlines.DEFAULT.of(
        new TestContext().remaining(900_000), received(shape, "" + received), false);
    assertEquals(received + 28_500, end);
  }

  @Test
  void timesThatCannotBeAreNotBelieved() {
    long now = System.currentTimeMillis();
    String[] times = {
      "" + (now + 3_600_000),
      "" + (now - 29_000),
      "0",
      "-1",
      "1",
      "" + Long.MIN_VALUE,
      "" + Long.MAX_VALUE,
      "" + BigInteger.TWO.pow(63),
      "" + BigInteger.TWO.pow(200),
      "1e300",
      "-1e300",
      "\"x\"",
      "null",
      "{}",
      "[5]",
      "true"
    };
    for (String time : times) {
      HttpEvent event = received(EventShape.REST_API, time);
      assertFromNow(28_500, Deadlines.DEFAULT, 900_000, event, false);
    }
  }

  /** A call with a deadline runs on a separate thread, with the context of the first thread. */
  @Test
  void contextOfTheInvocationThreadReachesTheCall() {
    ThreadCarrier carrier = new ThreadCarrier();
    McpLambdaHandler handler =
        new McpLambdaHandler(McpServer.named("test", "1").interceptor(carrier).build()) {};
    handler.serve(
        Json.parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"),
        new TestContext().remaining(10_000));
    assertSame(Thread.currentThread(), carrier.receiving());
    assertNotSame(Thread.currentThread(), carrier.serving());
  }

  @Test
  void outsideOfLambdaThereIsNone() {
    assertEquals(Deadlines.NEVER, Deadlines.DEFAULT.of(null, null, false));
  }

  @Test
  void settingsOfAnyLengthWork() {
    Duration forever = ChronoUnit.FOREVER.getDuration();
    Deadlines deadlines = LambdaSettings.defaults()
        .gatewayTimeout(forever)
        .deadlineMargin(Duration.ZERO)
        .deadlines();
    assertFromNow(900_000, deadlines, 900_000, event(EventShape.REST_API), false);
    deadlines = LambdaSettings.defaults().deadlineMargin(forever).deadlines();
    assertFromNow(750, deadlines, 1_000, event(EventShape.ALB), false);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 50, 4_000})
  void aShortTimeoutOfTheGatewayDoesNotKeepAFunctionFromStarting(int millis) {
    LambdaSettings settings = LambdaSettings.defaults().gatewayTimeout(Duration.ofMillis(millis));
    new TestFunction(McpServer.named("t", "1").build(), settings);
  }

  @ParameterizedTest
  @EnumSource(EventShape.class)
  void aToolSeesItsDeadline(EventShape shape) {
    TestFunction function = new TestFunction(
        McpServer.named("t", "1")
            .tool(Tool.ofSchema(
                "when",
                "",
                "{\"type\":\"object\"}",
                (in, call) ->
                    ToolResult.text(call.deadline().map(Instant::toString).orElse("-"))))
            .build(),
        LambdaSettings.defaults());
    ObjectNode event = Messages.event(shape, Messages.call(1, "when", "{}"));
    long before = System.currentTimeMillis();
    String text = Messages.body(function.invoke(event, new TestContext().remaining(20_000)))
        .at("/result/content/0/text")
        .textValue();
    long after = System.currentTimeMillis();
    long end = Instant.parse(text).toEpochMilli() - 19_500;
    assertTrue(before <= end && end <= after, text);
    assertEquals(
        "-", Messages.body(function.invoke(event)).at("/result/content/0/text").textValue());
  }
}
