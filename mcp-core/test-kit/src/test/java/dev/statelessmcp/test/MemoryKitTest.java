package dev.statelessmcp.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.input.Root;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.testing.Waiting;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kit in memory, which can do everything. */
class MemoryKitTest extends LiveKitSuite {
  @Override
  protected McpTestClient connect() {
    return McpTestClient.of(sample.create());
  }

  @Test
  void callerHeadersAndAttributesReachTheHandler() {
    client()
        .caller(Caller.of("ann", "a:read"))
        .header("X-Team", "blue")
        .call("who")
        .hasText("ann [blue]");
    client().call("who").hasText(" []");
  }

  @Test
  void legacyServerReallyAsks() {
    McpTestClient legacy = client().legacy();
    TestAnswer answer = legacy
        .answers("name", new SampleServer.Name("Ann"))
        .answers("booking", new SampleServer.Booking(4, true))
        .call("book")
        .hasText("Ann: 4");
    assertEquals(null, answer.asked().get(0).key());
    legacy
        .answers("roots", UserAnswer.roots(new Root("file:///a", "a")))
        .answers("joke", UserAnswer.sampled("Knock"))
        .answers("url", UserAnswer.accept())
        .call("all")
        .hasText("true Knock file:///a");
  }

  @Test
  void legacySubscription() {
    try (TestSubscription changes = client()
        .legacy()
        .listen(ChangeEvent.toolsChanged(), ChangeEvent.resourceUpdated("notes:///welcome"))) {
      sample.feed.publish(ChangeEvent.resourceUpdated("notes:///other"));
      sample.feed.publish(ChangeEvent.resourceUpdated("notes:///welcome"));
      changes.receives(ChangeEvent.resourceUpdated("notes:///welcome"));
      sample.feed.publish(ChangeEvent.toolsChanged());
      changes.receives(ChangeEvent.toolsChanged());
    }
  }

  @Test
  void legacyCancellation() throws Exception {
    TestCall running = client().legacy().start("wait").awaitProgress("waiting");
    running.cancel();
    Waiting.await(sample.interrupted);
  }

  @Test
  void failureHasTheTranscript() {
    McpTestClient client = client();
    AssertionError failure =
        assertThrows(AssertionError.class, () -> client.call("who").hasText("bob"));
    assertTrue(
        failure.getMessage().startsWith("the text must be\nbob\nwas\n"), failure::getMessage);
    assertTrue(failure.getMessage().contains("Transcript (2026-07-28):\n--> {"));
    assertTrue(failure.getMessage().contains("\n<-- {"));
  }

  @Test
  void questionWithoutAnAnswerFails() {
    McpTestClient client = client().answers("name", new SampleServer.Name("Ann"));
    AssertionError failure = assertThrows(AssertionError.class, () -> client.call("book"));
    assertTrue(failure.getMessage().contains("has no answer (left): \"booking\""));
  }

  @Test
  void answerOfTheWrongKindFails() {
    McpTestClient client = client().answers("name", UserAnswer.sampled("Ann"));
    AssertionError failure = assertThrows(AssertionError.class, () -> client.call("book"));
    assertTrue(failure.getMessage().contains("The script answers sampling/createMessage"));
  }

  @Test
  void userMayFailToAnswer() {
    McpTestClient client = client().answers("name", UserAnswer.error(-32603, "no screen"));
    client.legacy().call("book").hasToolError("no screen").hasAsked("Your name?");
    AssertionError failure = assertThrows(AssertionError.class, () -> client.call("book"));
    assertTrue(failure.getMessage().contains("which a modern client cannot send"));
  }

  @Test
  void userMayNotAnswer() throws Exception {
    McpTestClient client = client().answers("name", UserAnswer.none());
    client.call("book").has("/resultType", "input_required").hasAsked("Your name?");
    TestCall running = client.legacy().start("book");
    assertFalse(running.isAnswered());
    running.cancel();
  }

  @Test
  void clientThatCannotBeAskedIsNot() {
    client().can().call("book").hasError(-32021, "capability");
    client().can().legacy().call("book").hasToolError("capability");
  }

  @Test
  void progressInAnotherOrderFails() {
    TestAnswer answer = client().call("weather", "{\"city\":\"Oslo\"}");
    assertThrows(AssertionError.class, () -> answer.hasProgress("answered", "asking"));
    assertThrows(AssertionError.class, () -> answer.hasProgress("asking"));
    assertThrows(AssertionError.class, () -> answer.hasStructured("{\"temperature\":21.5}"));
    assertEquals(
        "structuredContent.temperature must be 20.0, was 21.5\n"
            + "structuredContent.warnings[0] must be missing, was \"sun\"",
        assertThrows(
                AssertionError.class,
                () -> answer.hasStructured(new SampleServer.Weather(20, List.of())))
            .getMessage()
            .split("\n\n", -1)[0]);
  }
}
