package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;

/** Tools that notify subscribers of a change. The lists themselves stay the same. */
final class ChangeTools {

  private ChangeTools() {}

  static List<Tool> all(ChangeFeed feed) {
    return List.of(
        Tool.of(
            "test_trigger_tool_change",
            "Notifies subscribers that the list of tools has changed",
            NoArguments.class,
            (none, call) -> {
              feed.publish(ChangeEvent.toolsChanged());
              return ToolResult.text("Notified of a change of the tools");
            }),
        Tool.of(
            "test_trigger_prompt_change",
            "Notifies subscribers that the list of prompts has changed",
            NoArguments.class,
            (none, call) -> {
              feed.publish(ChangeEvent.promptsChanged());
              return ToolResult.text("Notified of a change of the prompts");
            }));
  }
}
