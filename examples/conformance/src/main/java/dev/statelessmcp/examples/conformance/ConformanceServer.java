package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.skill.Skills;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.task.Tasks;

/** Builds the server, with every fixture that the scenarios of the suite describe. */
public final class ConformanceServer {

  private ConformanceServer() {}

  /**
   * Creates the server with the default settings.
   *
   * @return a new server
   */
  public static McpServer create() {
    return create(Settings.DEFAULT);
  }

  /**
   * Creates the server. If the environment variable MCP_STATE_KEYS is set, its keys encrypt the
   * {@code requestState} that clients return.
   *
   * @param settings what differs from the defaults; the tokens are for the transport
   * @return a new server
   */
  public static McpServer create(Settings settings) {
    return create(settings, Tasks.inMemory());
  }

  /**
   * Creates the server with tasks in another store.
   *
   * @param settings as for {@link #create(Settings)}
   * @param tasks the tasks of the server
   * @return a new server
   */
  static McpServer create(Settings settings, Tasks tasks) {
    ChangeFeed feed = ChangeFeed.inProcess();
    McpServer.Builder server = McpServer.named("conformance", "1.0.0")
        .title("Conformance")
        .instructions("Call the tools by their names; their descriptions say what they do.")
        .changes(feed)
        .extension(WordsExtension.create())
        .extension(
            Skills.ofClassPath(ConformanceServer.class, "skills").and(daily()).extension())
        .logging();
    if (settings.pageSize() != null) {
      server.pageSize(settings.pageSize());
    }
    if (settings.stateTtl() != null) {
      server.stateTtl(settings.stateTtl());
    }
    ContentTools.all().forEach(server::tool); // the suite calls the first tool without arguments
    SchemaTools.all().forEach(server::tool);
    StreamingTools.all().forEach(server::tool);
    ChangeTools.all(feed).forEach(server::tool);
    QuestionTools.all().forEach(server::tool);
    FormTools.all().forEach(server::tool);
    CallerTools.all().forEach(server::tool);
    if (settings.scopes()) {
      server.tool(CallerTools.scoped());
    }
    TypeTools.all().forEach(server::tool);
    TaskTools.all().forEach(server::tool);
    Prompts.all().forEach(server::prompt);
    Resources.all().forEach(server::resource);
    String keys = System.getenv("MCP_STATE_KEYS");
    if (keys != null) {
      server.stateKeys(StateKeys.parse(keys));
    }
    Resources.templates().forEach(server::resourceTemplate);
    return tasks.build(server);
  }

  /** A skill without digests. */
  private static Skills daily() {
    return Skills.dynamic(
        "reports/daily", """
        name: daily
        description: Assembles the report of today
        """, call -> "# Report\n\nAsked by " + call.caller().principal() + ".\n");
  }
}
