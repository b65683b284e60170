package dev.statelessmcp.lambda.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RuntimeLoggerTest {

  private static final StreamHandler TALKATIVE = (event, response, context) -> {
    LambdaLogger log = context.getLogger();
    log.log("plain ü");
    log.log("a\nb\n");
    log.log("info", LogLevel.INFO);
    log.log("warn", LogLevel.WARN);
    log.log((String) null);
    log.log("raw,".getBytes(UTF_8));
    log.log("raw-warn\n".getBytes(UTF_8), LogLevel.WARN);
    response.send(event);
  };

  @Test
  void plainTextHasOneLineForAMessage() throws Exception {
    try (RuntimeUnderTest runtime =
        new RuntimeUnderTest().with("AWS_LAMBDA_LOG_LEVEL", "ERROR").start(TALKATIVE)) {
      runtime.api.event("1", "").posted();
      assertEquals("plain ü\na\rb\n[INFO] info\n[WARN] warn\nnull\nraw,raw-warn\n", runtime.log());
    }
  }

  @Test
  void jsonHasTheMembersOfTheManagedRuntimeAndIsFiltered() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()
        .with("AWS_LAMBDA_LOG_FORMAT", "JSON")
        .with("AWS_LAMBDA_LOG_LEVEL", "WARN")
        .start(TALKATIVE)) {
      runtime.api.event("1", "", "Lambda-Runtime-Aws-Tenant-Id: t\r\n").posted();
      String[] lines = runtime.log().split("\n", -1);
      assertEquals(6, lines.length, runtime.log());
      JsonNode plain = Json.parse(lines[0]);
      assertEquals("plain ü", plain.get("message").textValue());
      assertEquals("UNDEFINED", plain.get("level").textValue());
      assertEquals("1", plain.get("AWSRequestId").textValue());
      assertEquals("t", plain.get("tenantId").textValue());
      assertEquals(24, plain.get("timestamp").textValue().length());
      Instant at = Instant.parse(plain.get("timestamp").textValue());
      assertTrue(at.isBefore(Instant.now().plusSeconds(1)), at::toString);
      assertEquals("a\nb\n", Json.parse(lines[1]).get("message").textValue());
      assertEquals("WARN", Json.parse(lines[2]).get("level").textValue());
      assertEquals("null", Json.parse(lines[3]).get("message").textValue());
      assertEquals("raw,raw-warn", lines[4]);
      assertEquals("", lines[5]);
    }
  }

  @Test
  void theRuntimesOwnMessagesAreJsonToo() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()
        .with("AWS_LAMBDA_LOG_FORMAT", "JSON")
        .start((event, response, context) -> {
          throw new IllegalStateException("bad");
        })) {
      runtime.api.event("1", "").posted();
      JsonNode line = Json.parse(runtime.log().strip());
      assertEquals("ERROR", line.get("level").textValue());
      assertEquals("1", line.get("AWSRequestId").textValue());
      assertTrue(line.get("message").textValue().contains("IllegalStateException: bad\n\tat "));
    }
  }

  @Test
  void timestampsAreThoseOfInstant() {
    for (long millis : new long[] {0, 1, 59_999, 86_399_999, 1_795_370_000_123L, -1}) {
      String expected = Instant.ofEpochMilli(millis).toString();
      String padded = expected.contains(".") ? expected : expected.replace("Z", ".000Z");
      assertEquals(padded, LogTimestamp.of(millis));
    }
  }

  @Test
  void linesOfSeveralThreadsNeverMix() throws Exception {
    try (RuntimeUnderTest runtime = new RuntimeUnderTest()
        .with("AWS_LAMBDA_MAX_CONCURRENCY", "8")
        .start((event, response, context) -> {
          String letter = new String(event, UTF_8);
          for (int i = 0; i < 100; i++) {
            context.getLogger().log(letter.repeat(500));
          }
          response.send(event);
        })) {
      for (int i = 0; i < 8; i++) {
        runtime.api.event("" + i, "" + (char) ('a' + i));
      }
      for (int i = 0; i < 8; i++) {
        runtime.api.posted();
      }
      Set<String> lines = new HashSet<>(List.of(runtime.log().strip().split("\n", -1)));
      assertEquals(8, lines.size());
      assertTrue(lines.stream().allMatch(line -> line.length() == 500));
    }
  }
}
