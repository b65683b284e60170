package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;

/** Tools that send notifications before their result. */
final class StreamingTools {
  private static final int PAUSE_MILLIS = 50;

  private StreamingTools() {}

  static List<Tool> all() {
    return List.of(
        Tool.of(
            "test_tool_with_progress",
            "Reports progress three times",
            NoArguments.class,
            (none, call) -> {
              call.progress(0, 100, "Begun");
              Thread.sleep(PAUSE_MILLIS);
              call.progress(50, 100, "Half done");
              Thread.sleep(PAUSE_MILLIS);
              call.progress(100, 100, "Done");
              return ToolResult.text("Reported progress three times");
            }),
        Tool.of(
            "test_tool_with_logging",
            "Sends three log messages",
            NoArguments.class,
            (none, call) -> {
              log(call, "Tool execution started");
              Thread.sleep(PAUSE_MILLIS);
              log(call, "Tool processing data");
              Thread.sleep(PAUSE_MILLIS);
              log(call, "Tool execution completed");
              return ToolResult.text("Sent three log messages");
            }),
        Tool.of(
            "test_logging_tool",
            "Sends a log message, to clients that want it",
            NoArguments.class,
            (none, call) -> {
              log(call, "Tool execution started");
              return ToolResult.text("Sent a log message, if it is wanted");
            }),
        Tool.of(
                "test_streaming_elicitation",
                "Reports progress, and then asks the user",
                NoArguments.class,
                (none, call) -> {
                  call.progress(50, 100, "About to ask");
                  QuestionTools.Name name = call.ask(
                      "user_name", Question.form("What is your name?", QuestionTools.Name.class));
                  call.progress(100, 100, "Answered");
                  return ToolResult.text("Hello, " + name.name() + "!");
                })
            .asks(QuestionKind.FORM),
        Tool.of(
            "test_reconnection",
            "Takes a moment, so that a client can lose its connection meanwhile",
            NoArguments.class,
            (none, call) -> {
              Thread.sleep(2 * PAUSE_MILLIS);
              return ToolResult.text("Here is the result");
            }));
  }

  private static void log(ToolCall call, String message) {
    call.log(LogLevel.INFO, "conformance", Json.NODES.textNode(message));
  }
}
