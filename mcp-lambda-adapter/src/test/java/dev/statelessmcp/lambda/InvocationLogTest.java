package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class InvocationLogTest {
  @Test
  void aLineIsOneLineWithTheIdOfItsInvocation() {
    TestContext context = new TestContext("id-1");
    new InvocationLog(context).write(LogLevel.WARN, "two\nlines \" and more");
    String text = context.lines.get(0).text();
    assertEquals(text.length() - 1, text.indexOf('\n'), text);
    JsonNode line = context.line();
    assertEquals("two\nlines \" and more", line.get("message").textValue());
    assertEquals("id-1", line.get("AWSRequestId").textValue());
    assertEquals(LogLevel.WARN, context.lines.get(0).level());
  }

  @Test
  void aFailureIsThereWithItsStackTrace() {
    TestContext context = new TestContext();
    new InvocationLog(context).log("it failed", new IllegalStateException(null, new Error("why")));
    JsonNode line = context.line();
    assertEquals("java.lang.IllegalStateException", line.get("errorType").textValue());
    assertFalse(line.get("stackTrace").textValue().isEmpty());
    assertEquals("ERROR", line.get("level").textValue());
  }

  @Test
  void withoutAContextThereIsNoId() {
    InvocationLog log = new InvocationLog(null);
    assertEquals("", log.requestId());
    assertFalse(log.line(LogLevel.INFO, "x").has("AWSRequestId"));
  }
}
