package dev.statelessmcp.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.input.Root;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.protocol.ProtocolVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kit can do over any transport. */
public abstract class KitSuite {
  protected final SampleServer sample = new SampleServer();
  private McpTestClient modern;

  /** A client of a server of {@link #sample}. */
  protected abstract McpTestClient connect() throws Exception;

  /** Ends what was started. */
  protected void stop() throws Exception {}

  @BeforeEach
  void begin() throws Exception {
    modern = connect();
  }

  @AfterEach
  void end() throws Exception {
    sample.release.countDown();
    modern.close();
    stop();
  }

  /** The client of 2026-07-28 that {@link #connect()} made. */
  protected final McpTestClient client() {
    return modern;
  }

  private McpTestClient client(boolean legacy) {
    return legacy ? modern.legacy() : modern;
  }

  /** On every transport, and without what is confidential. */
  @Test
  void trafficIsLogged() {
    sample.traffic.clear(); // of a function that warms up
    McpTestClient client = client().header("X-Api-Key", "of-the-caller");
    client.call("weather", Map.of("city", "Oslo")).isOk();
    client.call("weather", Map.of("city", "?")).hasToolError();
    List<String> lines = new ArrayList<>(sample.traffic);
    lines.removeIf(line -> line.contains(" tools/list ")); // of the kit
    lines.replaceAll(line -> line.replaceFirst(" id=[0-9]+ ", " id=1 "));
    assertEquals(6, lines.size(), lines::toString);
    String first = lines.get(0);
    assertTrue(first.startsWith("--> id=1 tools/call transport="), first);
    assertTrue(first.contains(" era=modern revision=2026-07-28 {\"name\":\"weather\","), first);
    assertTrue(first.contains("\"arguments\":\"(hidden)\""), first);
    assertTrue(lines.get(1).startsWith("<-- id=1 notifications/progress {"), lines.get(1));
    assertTrue(lines.get(3).matches("<-- id=1 tools/call [0-9]+ ms \\{.*"), lines.get(3));
    assertTrue(lines.get(5).contains("\"isError\":true"), lines.get(5));
    for (String secret : List.of("Oslo", "21.5", "Which city", "of-the-caller")) {
      assertTrue(lines.stream().noneMatch(line -> line.contains(secret)), lines::toString);
    }
  }

  @ParameterizedTest
  @EnumSource(ProtocolVersion.class)
  void toolAnswersInEveryRevision(ProtocolVersion version) {
    try (McpTestClient client = modern.version(version)) {
      client.call("weather", Map.of("city", "Oslo")).isOk().hasProgressValues(1, 2);
      assertTrue(client.tools().containsKey("weather"));
      assertEquals(6, client.tools().size());
      assertTrue(client.server().has("capabilities"));
      client.read("notes:///welcome").hasText("Hello");
      client.read("notes:///monday").hasText("On monday");
      client.prompt("summarise", Map.of("day", "monday")).hasText("Summarise monday");
      assertEquals(List.of("monday"), client.completePrompt("summarise", "day", "m"));
      assertEquals(List.of("tuesday"), client.completeTemplate("notes:///{day}", "day", "t"));
      assertEquals(Set.of("notes:///welcome"), client.resources().keySet());
      assertEquals(Set.of("notes:///{day}"), client.resourceTemplates().keySet());
      assertEquals(Set.of("summarise"), client.prompts().keySet());
    }
  }

  @Test
  void structuredContentIsARecord() {
    SampleServer.Weather expected = new SampleServer.Weather(21.5, List.of("sun"));
    TestAnswer answer = modern.call("weather", Map.of("city", "Oslo", "days", 2));
    assertEquals(expected, answer.structured(SampleServer.Weather.class));
    answer
        .hasStructured(expected)
        .hasStructured("{\"temperature\":21.50,\"warnings\":[\"sun\"]}")
        .hasProgress("asking", "answered")
        .has("/structuredContent/warnings/0", "sun")
        .has("/structuredContent/wind", null);
    assertEquals(new Progress(1, 2.0, "asking"), answer.progress().get(0));
  }

  @Test
  void errorsNameTheirPlace() {
    modern
        .call("weather", Map.of("town", "Oslo"))
        .hasErrorAt("arguments.city", "is required")
        .hasErrorAt("arguments.town", "is not known")
        .hasToolError("city", "town");
    modern.call("weather", Map.of("city", "?")).hasToolError("Which city?");
    modern.call("nothing").hasError(ErrorCode.INVALID_PARAMS, "Unknown tool: nothing");
  }

  @Test
  void scriptAnswersQuestions() {
    McpTestClient user = modern
        .answers("name", new SampleServer.Name("Ann"))
        .answers("booking", new SampleServer.Booking(4, true));
    TestAnswer answer = user.call("book").hasText("Ann: 4").hasAsked("Your name?", "How many?");
    assertEquals("name", answer.asked().get(0).key());
    user.call("book").hasText("Ann: 4"); // the script begins anew
    modern.answers("name", UserAnswer.decline()).call("book").hasText("declined");
    modern.answers("name", UserAnswer.cancel()).call("book").hasText("cancelled");
    modern
        .answers("url", UserAnswer.accept())
        .answers("joke", UserAnswer.sampled("Knock"))
        .answers("roots", UserAnswer.roots(new Root("file:///a", null)))
        .call("all")
        .hasText("true Knock file:///a");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void logMessagesComeIfTheyAreWanted(boolean legacy) {
    try (McpTestClient client = client(legacy).logLevel(LogLevel.INFO)) {
      client.call("weather", Map.of("city", "Oslo")).hasLog(LogLevel.WARNING, "slow");
    }
  }

  @Test
  void argumentsThatHeadersRepeatAreSent() {
    modern.call("search", new SampleServer.Query("acmé", "a b")).hasText("acmé: a b");
  }

  @Test
  void rawRequestIsSentAsItIs() {
    TestAnswer answer = modern.raw("tools/list", Json.object());
    assertTrue(answer.toString().contains("tools") || answer.toString().contains("error"));
  }
}
