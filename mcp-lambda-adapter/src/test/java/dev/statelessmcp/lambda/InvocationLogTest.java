package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InvocationLogTest {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static void assertUtc(long millis) {
    assertEquals(FORMAT.format(Instant.ofEpochMilli(millis)), InvocationLog.utc(millis));
  }

  @Test
  void timesAreThoseOfJavaTime() {
    for (int year = 0; year <= 9999; year++) {
      long end = Instant.parse("%04d-12-31T23:59:59.999Z".formatted(year)).toEpochMilli();
      assertUtc(end);
      assertUtc(end - 999);
      if (year < 9999) {
        assertUtc(end + 1);
        assertUtc(end + 59 * 86_400_000L); // the end of February, or the day after
      }
    }
    assertEquals("1970-01-01T00:00:00.000Z", InvocationLog.utc(0));
    assertEquals("1969-12-31T23:59:59.999Z", InvocationLog.utc(-1));
  }

  @Test
  void anyTimeIsThatOfJavaTime() {
    Random random = new Random(42);
    long from = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
    long to = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();
    for (int i = 0; i < 20_000; i++) {
      assertUtc(from + (long) (random.nextDouble() * (to - from)));
    }
  }

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
