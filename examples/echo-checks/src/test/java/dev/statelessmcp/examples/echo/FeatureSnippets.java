package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.schema.Title;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.subscription.postgres.PostgresChangeFeed;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;

/** The snippets of the README about more than tools. */
final class FeatureSnippets {

  private FeatureSnippets() {}

  static McpServer offering() {
    return McpServer.named("notes", "1.0.0")
        .resource(Resource.text("notes:///welcome", "welcome", "text/markdown", "# Welcome"))
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
                "Summarises a day",
                call -> PromptResult.of(
                    PromptMessage.user("Summarise my notes of " + call.argument("day"))))
            .requiredArgument("day", "Which day"))
        .cache("resources/list", CacheHint.publicly(Duration.ofMinutes(5)))
        .build();
  }

  record Booking(@Title("Seats") @Range(min = 1, max = 8) int seats, boolean window) {}

  static Tool asking() {
    return Tool.of("book", "Books a table", NoArguments.class, (none, call) -> {
          Booking booking = call.ask("booking", Question.form("For how many?", Booking.class));
          return ToolResult.text("Booked for " + booking.seats());
        })
        .asks(QuestionKind.FORM);
  }

  static McpServer withKeys(String secret) {
    return McpServer.named("tables", "1.0.0")
        .tool(asking())
        .stateKeys(StateKeys.parse(secret)) // the same in all instances
        .build();
  }

  static void changing() {
    ChangeFeed feed = ChangeFeed.inProcess();
    McpServer server =
        McpServer.named("notes", "1.0.0").changes(feed).tool(asking()).build();

    feed.publish(ChangeEvent.toolsChanged());

    System.out.println(server.info());
  }

  static McpServer around() {
    return McpServer.named("busy", "1.0.0")
        .tool(asking().visibleTo(caller -> caller.scopes().contains("book")))
        .interceptor(Interceptor.rateLimit(60, Duration.ofMinutes(1)))
        .requestLog(true)
        .build();
  }

  static McpServer onSeveralInstances(DataSource dataSource) throws SQLException {
    PostgresChangeFeed feed = PostgresChangeFeed.start(dataSource, "mcp_changes");
    McpServer server =
        McpServer.named("notes", "1.0.0").changes(feed).tool(asking()).build();
    return server;
  }
}
