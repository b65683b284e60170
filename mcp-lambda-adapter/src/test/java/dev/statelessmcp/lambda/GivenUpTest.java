package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.event.LoadBalancerClaims;
import dev.statelessmcp.lambda.event.SignedClaims;
import dev.statelessmcp.testing.Waiting;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What does not end by an interrupt: it is given up, and never answers another call. */
@Timeout(60)
class GivenUpTest {
  private final SlowServer slow = new SlowServer();

  private static String text(JsonNode answer) {
    return Messages.body(answer).at("/result/content/0/text").textValue();
  }

  @Execution(ExecutionMode.CONCURRENT) // it waits
  @ParameterizedTest
  @EnumSource(EventShape.class)
  void aStubbornHandlerIsGivenUpAndTheNextCallServedByAnotherThread(EventShape shape)
      throws InterruptedException {
    TestFunction function = new TestFunction(slow.server().build(), LambdaSettings.defaults());
    TestContext context = new TestContext();
    ObjectNode call = Messages.withProgress(Messages.call(1, "stubborn", "{}"));
    JsonNode late = slow.invoke(function, Messages.event(shape, call), context);
    assertTrue(late.get("body").textValue().contains("Timeout"), late::toString);

    JsonNode line = context.lines.get(context.lines.size() - 1).json();
    assertEquals("ERROR", line.get("level").textValue());
    assertEquals("request-1", line.get("AWSRequestId").textValue());
    assertTrue(line.get("message").textValue().contains("abandoned"), line::toString);
    assertEquals("stubborn", line.path("tool").textValue(), line::toString);
    assertTrue(line.get("stackTrace").textValue().contains("waitStubbornly"), line::toString);
    assertEquals(2, context.lines.size(), "and the line of the call");

    Thread stuck = slow.nextInterrupted();
    ObjectNode quick = Messages.event(shape, Messages.call(2, "quick", "{}"));
    String next = text(function.invoke(quick, new TestContext()));
    assertNotEquals("quick " + stuck.getId(), next);

    slow.release.countDown();
    stuck.join();
    assertEquals(next, text(function.invoke(quick, new TestContext())), "the same thread again");
    assertEquals(2, context.lines.size(), "nothing is said of what came too late");
  }

  @Test
  void aStubbornHandlerOfADirectCallNeverAnswersAnotherOne() throws InterruptedException {
    TestFunction function = new TestFunction(slow.server().build(), LambdaSettings.defaults());
    slow.invoke(function, Messages.call(1, "stubborn", "{}"), new TestContext());
    Thread stuck = slow.nextInterrupted();
    slow.release.countDown();
    stuck.join();
    JsonNode next = function.invoke(Messages.call(2, "quick", "{}"), new TestContext());
    assertEquals(2, next.get("id").intValue());
    assertTrue(next.at("/result/content/0/text").textValue().startsWith("quick"), next::toString);
  }

  private static void assertGatewayTimeout(EventShape shape, JsonNode answer) {
    assertEquals(504, answer.get("statusCode").intValue(), answer::toString);
    assertEquals("application/json", shape.headers(answer).get("content-type"));
    assertEquals(-32603, Messages.body(answer).at("/error/code").intValue());
  }

  @Execution(ExecutionMode.CONCURRENT) // it waits
  @ParameterizedTest
  @EnumSource(EventShape.class)
  void anAuthenticatorThatHangsIsInterruptedAndAnsweredFor(EventShape shape)
      throws InterruptedException {
    // A machine that is busy may take longer than the time that a thread has to end
    boolean inTime = false;
    for (int attempt = 0; attempt < 20 && !inTime; attempt++) {
      inTime = endsBeforeItIsGivenUp(shape);
    }
    assertTrue(inTime, "it ended before its thread was given up");
    assertEquals(0, slow.begun.get(), "a tool ran although its call was answered");
  }

  private boolean endsBeforeItIsGivenUp(EventShape shape) throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    Authenticator hanging = request -> {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
      return Authenticator.accepted(Caller.of("ann"));
    };
    TestFunction function =
        new TestFunction(slow.server().build(), LambdaSettings.defaults().authenticator(hanging));
    TestContext context = new TestContext().remaining(800);
    assertGatewayTimeout(
        shape, function.invoke(Messages.event(shape, Messages.call(1, "quick", "{}")), context));
    Waiting.await(interrupted);
    if (context.lines.size() > 1) {
      assertEquals(1, context.lines("status", "504").size());
      return false;
    }
    assertEquals(504, context.line().get("status").intValue());
    return true;
  }

  @Test
  void aToolIsNotRunIfItsAuthenticatorComesTooLate() throws InterruptedException {
    Authenticator stubborn = request -> {
      slow.waitStubbornly();
      return Authenticator.accepted(Caller.of("ann"));
    };
    TestFunction function =
        new TestFunction(slow.server().build(), LambdaSettings.defaults().authenticator(stubborn));
    JsonNode answer = function.invoke(
        Messages.event(EventShape.ALB, Messages.call(1, "quick", "{}")),
        new TestContext().remaining(800));
    assertGatewayTimeout(EventShape.ALB, answer);
    Thread stuck = slow.nextInterrupted();
    slow.release.countDown();
    stuck.join();
    assertEquals(0, slow.begun.get());
  }

  @Test
  void aKeyThatDoesNotComeIsWaitedForNoLongerThanTheCallMayTake() {
    String token = "eyJhbGciOiJFUzI1NiIsInNpZ25lciI6ImEiLCJraWQiOiJrIn0.e30.AA";
    LoadBalancerClaims claims = SignedClaims.of("a", kid -> {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new InterruptedIOException("interrupted");
    });
    TestFunction function =
        new TestFunction(slow.server().build(), LambdaSettings.defaults().loadBalancer(claims));
    ObjectNode event = EventShape.ALB.event(
        "POST",
        "/mcp",
        Messages.headers("x-amzn-oidc-data", token),
        Json.text(Messages.call(1, "quick", "{}")));
    JsonNode answer = function.invoke(event, new TestContext().remaining(800));
    assertGatewayTimeout(EventShape.ALB, answer);
    assertFalse(slow.begun.get() > 0);
  }
}
