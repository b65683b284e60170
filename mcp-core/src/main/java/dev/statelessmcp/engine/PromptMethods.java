package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.protocol.McpException;
import java.util.Map;

/**
 * {@code prompts/list} and {@code prompts/get}, the same in both eras.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/prompts">Prompts</a>
 */
final class PromptMethods implements McpMethod {
  private final ServerDefinition server;

  PromptMethods(ServerDefinition server) {
    this.server = server;
  }

  void addTo(MethodTable table) {
    table.with("prompts/list", this).with("prompts/get", this);
  }

  @Override
  public ObjectNode serve(ServerCall call) throws Exception {
    return call.request().method().equals("prompts/list") ? list(call) : get(call);
  }

  private ObjectNode list(ServerCall call) throws Exception {
    return Lists.list(call, server.prompts(), "prompts", server.pageSize());
  }

  private ObjectNode get(ServerCall call) throws Exception {
    String name = Params.text(call.params(), "name");
    Prompt prompt = server.prompts().find(name, call.exchange().caller()).orElse(null);
    if (prompt == null) {
      throw McpException.invalidParams("Unknown prompt: " + name);
    }
    Map<String, String> arguments =
        Params.texts(call.params().get("arguments"), "params.arguments");
    for (String required : prompt.argumentNames(true)) {
      if (!arguments.containsKey(required)) {
        throw McpException.invalidParams("params.arguments." + required + " is required");
      }
    }
    for (String given : arguments.keySet()) {
      if (!prompt.argumentNames(false).contains(given)) {
        throw McpException.invalidParams("params.arguments."
            + given
            + " is not known; known are "
            + String.join(", ", prompt.argumentNames(false)));
      }
    }
    try (RunningCall.OfPrompt running =
        new RunningCall.OfPrompt(call, server, prompt.asks(), arguments)) {
      try {
        PromptResult result = prompt.get(running);
        if (result == null) {
          throw new IllegalStateException("the handler of prompt " + name + " returned null");
        }
        return result.toJson();
      } finally {
        running.throwIfAsked();
      }
    }
  }
}
