package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.protocol.McpException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code prompts/list} and {@code prompts/get}, the same in both eras.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/prompts">Prompts</a>
 */
final class PromptMethods {

  private PromptMethods() {}

  static ObjectNode list(ServedRequest call) throws Exception {
    return Lists.list(call, call.server().prompts(), "prompts");
  }

  /** The prompt with a name; null if it does not exist for the caller. */
  static @Nullable Prompt find(ServedRequest call, String name) throws Exception {
    Catalog<Prompt> prompts = call.server().prompts();
    return prompts == null ? null : prompts.find(name, call.exchange().caller()).orElse(null);
  }

  static ObjectNode get(ServedRequest call) throws Exception {
    String name = Params.text(call.params(), "name");
    Prompt prompt = find(call, name);
    if (prompt == null) {
      throw McpException.invalidParams("Unknown prompt: " + name);
    }
    call.require(prompt);
    Map<String, String> arguments =
        Params.texts(Params.get(call.params(), "arguments"), "params.arguments");
    for (String required : prompt.requiredArguments()) {
      if (!arguments.containsKey(required)) {
        throw McpException.invalidParams("params.arguments." + required + " is required");
      }
    }
    List<String> known = prompt.argumentNames();
    if (call.server().ignoresUnknownArguments()) {
      arguments.keySet().retainAll(known);
    }
    for (String given : arguments.keySet()) {
      if (!known.contains(given)) {
        throw McpException.invalidParams(
            "params.arguments." + given + " is not known; " + Params.known(known));
      }
    }
    try (HandlerCall.OfPrompt running =
        new HandlerCall.OfPrompt(call, Asks.of(prompt), name, arguments)) {
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
