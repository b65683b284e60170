package dev.statelessmcp.test;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Root;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.intercept.TrafficLog;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.schema.McpHeader;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** A server with one of everything that the kit tests. */
public final class SampleServer {
  /** What the server's subscriptions follow. */
  public final ChangeFeed feed = ChangeFeed.inProcess();

  /** What the server logs of its messages. */
  public final Queue<String> traffic = new ConcurrentLinkedQueue<>();

  public final CountDownLatch interrupted = new CountDownLatch(1);
  public final CountDownLatch release = new CountDownLatch(1);

  public record Nothing() {}

  public record Place(String city, Optional<Integer> days) {}

  public record Weather(double temperature, List<String> warnings) {}

  public record Booking(@Range(min = 1, max = 8) int seats, boolean window) {}

  public record Name(String name) {}

  public record Query(@McpHeader("Tenant") String tenant, String text) {}

  /** Creates the server. */
  public McpServer create() {
    return McpServer.named("sample", "1")
        .observer(TrafficLog.to(traffic::add))
        .logging()
        .stateKeys(StateKeys.ofThisProcess())
        .changes(feed)
        .pageSize(3)
        .tool(Tool.of("weather", "The weather", Place.class, Weather.class, (in, call) -> {
          if (in.city().equals("?")) {
            throw new ToolException("Which city? Say its name.");
          }
          call.progress(1, 2, "asking");
          call.log(LogLevel.WARNING, "weather", Json.NODES.textNode("slow service"));
          call.progress(2, 2, "answered");
          return new Weather(21.5, List.of("sun"));
        }))
        .tool(Tool.of("book", "Books a table", Nothing.class, (in, call) -> {
              try {
                Name name = call.ask("name", Question.form("Your name?", Name.class));
                Booking seats = call.ask("booking", Question.form("How many?", Booking.class));
                return ToolResult.text(name.name() + ": " + seats.seats());
              } catch (DeclinedException e) {
                return ToolResult.text(e.isCancelled() ? "cancelled" : "declined");
              }
            })
            .asks(QuestionKind.FORM))
        .tool(Tool.of("all", "Asks everything", Nothing.class, (in, call) -> {
              boolean agreed = call.ask("url", Question.url("Log in", "https://a.example", "1"));
              String joke = call.ask("joke", Question.sampling("A joke", 10)).text();
              List<Root> roots = call.ask("roots", Question.roots());
              return ToolResult.text(agreed + " " + joke + " " + roots.get(0).uri());
            })
            .asks(QuestionKind.URL, QuestionKind.SAMPLING, QuestionKind.ROOTS))
        .tool(Tool.of("wait", "Waits", Nothing.class, (in, call) -> {
          call.progress(1, 0, "waiting");
          try {
            Waiting.await(release);
          } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
          }
          return ToolResult.text("released");
        }))
        .tool(Tool.of(
            "who",
            "Says who calls",
            Nothing.class,
            (in, call) -> ToolResult.text(call.caller().principal()
                + " "
                + call.headers().getOrDefault("x-team", List.of()))))
        .tool(Tool.of(
            "search",
            "Searches",
            Query.class,
            (in, call) -> ToolResult.text(in.tenant() + ": " + in.text())))
        .resource(Resource.text("notes:///welcome", "welcome", "text/plain", "Hello"))
        .resourceTemplate(ResourceTemplate.of(
                "notes:///{day}",
                "day",
                call -> ResourceResult.of(
                    ResourceContents.text(call.uri(), "text/plain", "On " + call.variable("day"))))
            .complete(
                "day",
                (value, arguments, call) ->
                    Completion.startingWith(List.of("monday", "tuesday"), value)))
        .prompt(Prompt.of(
                "summarise",
                "Summarises",
                call -> PromptResult.of(PromptMessage.user("Summarise " + call.argument("day"))))
            .requiredArgument("day", "Which day")
            .complete(
                "day",
                (value, arguments, call) ->
                    Completion.startingWith(List.of("monday", "tuesday"), value)))
        .build();
  }
}
