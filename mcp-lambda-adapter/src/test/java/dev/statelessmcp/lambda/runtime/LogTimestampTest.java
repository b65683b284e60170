package dev.statelessmcp.lambda.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LogTimestampTest {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static void assertUtc(long millis) {
    assertEquals(FORMAT.format(Instant.ofEpochMilli(millis)), LogTimestamp.of(millis));
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
    assertEquals("1970-01-01T00:00:00.000Z", LogTimestamp.of(0));
    assertEquals("1969-12-31T23:59:59.999Z", LogTimestamp.of(-1));
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
}
