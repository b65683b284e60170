package dev.statelessmcp.examples.echo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.fuzz.Fuzz;
import dev.statelessmcp.fuzz.Mutations;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.lambda.local.InvocationResult;
import dev.statelessmcp.lambda.local.LambdaProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * One process behind AWS's runtime interface client answers every malformed event as the function
 * itself does, and then serves the next one. The answers are checked in the tests of the adapter.
 */
@Timeout(300)
@EnabledOnOs(value = OS.LINUX, disabledReason = "the runtime interface client is for Linux alone")
class SpoiledEventsIT {
  private static final int CASES = 10_000;
  private static final EchoLambda IN_MEMORY = new EchoLambda();

  private static LambdaProcess function;

  @BeforeAll
  static void start() throws IOException {
    function = LambdaProcess.of(
            Path.of("..", "echo", "target", "echo-lambda.zip"), EchoLambda.class.getName())
        .start();
  }

  @AfterAll
  static void stop() {
    function.close();
  }

  private static List<JsonNode> events() throws IOException {
    String call = LambdaEvents.call("echo", "{\"message\":\"é\"}");
    List<JsonNode> events = new ArrayList<>(List.of(
        LambdaEvents.rest(call),
        LambdaEvents.httpApi(call),
        LambdaEvents.url(call),
        LambdaEvents.alb(call),
        LambdaEvents.lattice(call),
        Json.parse(call)));
    events.addAll(sharedEvents());
    return events;
  }

  /** Events of real senders, if that collection is beside the project. */
  private static List<JsonNode> sharedEvents() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    Path folder = Path.of("..", "..", "..", "shared", "lambda-events");
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          events.add(Json.parse(Files.readString(file)));
        }
      }
    }
    return events;
  }

  @Test
  void areAnsweredAsInMemory() throws IOException {
    long seed = Fuzz.SEED;
    Mutations mutations = new Mutations(seed);
    List<JsonNode> events = events();
    for (int i = 0; i < CASES; i++) {
      assertSameAnswer(
          mutations.spoiled(mutations.oneOf(events)), "-Dfuzz.seed=" + seed + ", case " + i);
    }
  }

  @Test
  void eventsOfRealSendersAreAnsweredAsInMemory() throws IOException {
    for (JsonNode event : events()) {
      assertSameAnswer(Json.write(event), Json.text(event));
    }
  }

  private static void assertSameAnswer(byte[] event, String which) throws IOException {
    InvocationResult answer = function.invoke(event);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      IN_MEMORY.handleRequest(new ByteArrayInputStream(event), out, null);
    } catch (IllegalArgumentException e) {
      assertTrue(answer.isError(), () -> which + ": " + answer);
      assertTrue(answer.text().contains(e.getClass().getName()), () -> which + ": " + answer);
      return;
    }
    assertEquals(out.toString(StandardCharsets.UTF_8), answer.text(), which);
  }
}
