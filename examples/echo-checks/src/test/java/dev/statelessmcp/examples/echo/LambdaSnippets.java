package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.lambda.EmbeddedMetrics;
import dev.statelessmcp.lambda.Invocation;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.function.Supplier;

/** The Lambda snippets of the README. */
final class LambdaSnippets {

  private LambdaSnippets() {}

  static Tool whoAmI() {
    return Tool.of("whoami", "Says who calls", NoArguments.class, (none, call) -> {
          String name = call.caller().isAnonymous() ? "somebody" : call.caller().principal();
          String from = call.attributes()
              .get(Invocation.class)
              .flatMap(Invocation::sourceIp)
              .orElse("somewhere");
          return ToolResult.text(
              name + " from " + from + ", with " + call.caller().scopes());
        })
        .visibleTo(caller -> caller.scopes().contains("echo:read"));
  }

  static McpServer measured(Supplier<String> secret) {
    return McpServer.named("tables", "1.0.0")
        .tool(whoAmI())
        .observer(EmbeddedMetrics.inNamespace("Tables"))
        .stateKeys(() -> StateKeys.parse(secret.get()))
        .build();
  }
}
