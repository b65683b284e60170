package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.subscription.ChangeFeed;

/** Builds the server, with every fixture that the scenarios of the suite describe. */
public final class ConformanceServer {

  private ConformanceServer() {}

  /**
   * Creates the server. If the environment variable MCP_STATE_KEYS is set, its keys seal the
   * {@code requestState} that clients return.
   *
   * @return a new server
   */
  public static McpServer create() {
    ChangeFeed feed = ChangeFeed.inProcess();
    McpServer.Builder server = McpServer.named("conformance", "1.0.0")
        .title("Conformance")
        .instructions("Call the tools by their names; their descriptions say what they do.")
        .changes(feed)
        .logging();
    ContentTools.all().forEach(server::tool); // the suite calls the first tool without arguments
    SchemaTools.all().forEach(server::tool);
    StreamingTools.all().forEach(server::tool);
    ChangeTools.all(feed).forEach(server::tool);
    QuestionTools.all().forEach(server::tool);
    FormTools.all().forEach(server::tool);
    TypeTools.all().forEach(server::tool);
    Prompts.all().forEach(server::prompt);
    Resources.all().forEach(server::resource);
    String keys = System.getenv("MCP_STATE_KEYS");
    if (keys != null) {
      server.stateKeys(StateKeys.parse(keys));
    }
    return server.resourceTemplate(Resources.template()).build();
  }
}
