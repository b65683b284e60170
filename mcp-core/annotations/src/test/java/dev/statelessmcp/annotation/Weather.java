package dev.statelessmcp.annotation;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.content.Content;
import dev.statelessmcp.content.ImageContent;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.prompt.PromptCall;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.resource.ReadCall;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.schema.Default;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.McpHeader;
import dev.statelessmcp.schema.Nullable;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object as an author writes it, with a method of every kind. */
class Weather {
  enum Unit {
    CELSIUS,
    FAHRENHEIT
  }

  record Forecast(String place, double degrees, Unit unit) {}

  sealed interface Sky permits Clear, Cloudy {}

  record Clear() implements Sky {}

  record Cloudy(int percent) implements Sky {}

  record Name(String first) {}

  private final String station;
  int resets;

  Weather(String station) {
    this.station = station;
  }

  static McpServer server() {
    Weather weather = new Weather("Blindern");
    return McpServer.named("weather", "1.0")
        .tools(Tools.of(weather))
        .resources(Resources.of(weather))
        .resourceTemplates(ResourceTemplates.of(weather))
        .prompts(Prompts.of(weather))
        .build();
  }

  @McpTool(
      title = "Forecast",
      description = "The weather at a place",
      readOnlyHint = true,
      openWorldHint = false)
  Forecast forecast(
      @Description("City and country") @McpHeader("Place") String place,
      @Range(min = 1, max = 14) @Default("1") int days,
      Optional<Unit> unit,
      ToolCall call) {
    call.progress(1, 1, "asked " + station);
    return new Forecast(place, 20.5 + days, unit.orElse(Unit.CELSIUS));
  }

  /** Only descriptions, as most tools have. */
  @McpTool(description = "Two words", name = "two-words")
  String words(@Description("the first") String a, String b) {
    return a + " " + b;
  }

  @McpTool(description = "Nothing to return", idempotentHint = true, destructiveHint = true)
  void reset() {
    resets++;
  }

  @McpTool(description = "A list")
  List<Forecast> forecasts(List<String> places) {
    return places.stream().map(p -> new Forecast(p, 1, Unit.CELSIUS)).toList();
  }

  @McpTool(description = "A number")
  static int length(@Nullable String text) {
    return text == null ? -1 : text.length();
  }

  @McpTool(description = "A sealed interface, both ways")
  Sky sky(Sky sky, Map<String, Sky> others) {
    return others.getOrDefault("best", sky);
  }

  @McpTool(description = "Content")
  Content text(@JsonProperty("what_to_say") String what) {
    return TextContent.of(what);
  }

  @McpTool(description = "Contents")
  List<Content> contents() {
    return List.of(TextContent.of("a"), ImageContent.of(new byte[] {1}, "image/png"));
  }

  @McpTool(description = "A result")
  ToolResult result() {
    return ToolResult.error("no");
  }

  @McpTool(description = "Any JSON")
  JsonNode any(JsonNode value) {
    return value;
  }

  @McpTool(description = "Who calls")
  String who(Caller caller, Call call, Cancellation cancellation) {
    return caller.principal()
        + call.headers().getOrDefault("x-team", List.of())
        + cancellation.isCancelled();
  }

  @McpTool(description = "Fails")
  String fail(String how) throws Exception {
    throw switch (how) {
      case "tool" -> new ToolException("try another place");
      case "checked" -> new IOException("secret");
      default -> new IllegalStateException("secret");
    };
  }

  @McpTool(description = "Returns null")
  @SuppressWarnings("NullAway")
  String nothing() {
    return null;
  }

  @McpTool(description = "For some", requires = "weather:change")
  String restricted() {
    return "changed";
  }

  @McpTool(description = "Asks", asks = QuestionKind.FORM)
  String greet(ToolCall call) throws Exception {
    return "Hello " + call.ask("name", Question.form("Your name?", Name.class)).first();
  }

  @McpResource(
      uri = "weather://stations",
      description = "All stations",
      mimeType = "text/plain",
      title = "Stations")
  String stations() {
    return station;
  }

  @McpResource(uri = "weather://map", name = "map", mimeType = "image/png")
  byte[] map(ReadCall call) {
    return call.uri().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }

  @McpResource(uri = "weather://log/{day}/{level}", mimeType = "text/plain")
  @Nullable
  ResourceResult log(LocalDate day, int level, ReadCall call) {
    return level > 9
        ? null
        : ResourceResult.of(
            ResourceContents.text(call.uri(), "text/plain", day.plusDays(level).toString()));
  }

  @McpPrompt(description = "What to wear", title = "Clothes")
  String clothes(@Description("where") String place, @Default("2") int days) {
    return "What do I wear in " + place + " for " + days + " days?";
  }

  @McpPrompt(description = "Two messages", name = "dialogue")
  List<PromptMessage> messages(Optional<Unit> unit) {
    return List.of(PromptMessage.user("a"), PromptMessage.assistant(unit.toString()));
  }

  @McpPrompt(description = "Everything")
  PromptResult everything(PromptCall call) {
    return PromptResult.of(PromptMessage.user(call.name())).description("d");
  }
}
