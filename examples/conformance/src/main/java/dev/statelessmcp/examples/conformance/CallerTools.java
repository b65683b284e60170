package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;

/** Tools that depend on the caller. */
final class CallerTools {

  private CallerTools() {}

  /** For callers whose access token has a scope. */
  static Tool scoped() {
    return Tool.of(
            "test_scope",
            "Requires the scope files:write",
            NoArguments.class,
            (none, call) -> ToolResult.text("Written by " + call.caller().principal()))
        .requires("files:write");
  }

  static List<Tool> all() {
    return List.of(
        Tool.of(
            "test_caller",
            "Says who calls",
            NoArguments.class,
            (none, call) -> ToolResult.text(
                call.caller().isAnonymous() ? "anonymous" : call.caller().principal())),
        Tool.of(
                "test_only_principal_1",
                "Is there for one caller alone",
                NoArguments.class,
                (none, call) -> ToolResult.text("You are principal-1"))
            .visibleTo(caller -> caller.principal().equals("principal-1")));
  }
}
