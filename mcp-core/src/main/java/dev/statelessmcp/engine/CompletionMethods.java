package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.completion.Completer;
import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.resource.ResourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code completion/complete}, the same in both eras.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/completion">Completion</a>
 */
final class CompletionMethods {

  private CompletionMethods() {}

  static ObjectNode complete(ServedRequest call) throws Exception {
    JsonNode reference = object(call.params(), "ref");
    JsonNode argument = object(call.params(), "argument");
    String name = Params.text(argument, "name", "params.argument.name");
    String value = Params.text(argument, "value", "params.argument.value");
    JsonNode context = Params.get(call.params(), "context");
    if (context != null && !context.isObject()) {
      throw McpException.invalidParams("params.context must be an object");
    }
    JsonNode arguments = context == null ? null : Params.get(context, "arguments");
    Map<String, String> others = Params.texts(arguments, "params.context.arguments");
    Caller caller = call.exchange().caller();
    Optional<Completer> completer = completer(call, reference, name, caller);
    if (completer.isEmpty()) {
      return Completion.of(List.of()).toJson();
    }
    try (HandlerCall running = new HandlerCall(call, Asks.NOTHING)) {
      return completer.get().complete(value, others, running).toJson();
    }
  }

  private static JsonNode object(ObjectNode params, String name) {
    JsonNode value = params.path(name);
    if (!value.isObject()) {
      throw McpException.invalidParams("params." + name + " must be an object");
    }
    return value;
  }

  /** Empty if that argument has no completer, which is not an error. */
  private static Optional<Completer> completer(
      ServedRequest call, JsonNode reference, String argument, Caller caller) throws Exception {
    ServerDefinition server = call.server();
    String type = Params.text(reference, "type", "params.ref.type");
    switch (type) {
      case "ref/prompt" -> {
        String name = Params.text(reference, "name", "params.ref.name");
        Catalog<Prompt> prompts = server.prompts();
        Optional<Prompt> prompt = prompts == null ? Optional.empty() : prompts.find(name, caller);
        if (prompt.isEmpty()) {
          throw McpException.invalidParams("Unknown prompt: " + name);
        }
        call.require(prompt.get());
        requireKnown(prompt.get().argumentNames(), argument);
        return Optional.ofNullable(prompt.get().completers().get(argument));
      }
      case "ref/resource" -> {
        String uri = Params.text(reference, "uri", "params.ref.uri");
        Catalog<ResourceTemplate> templates = server.templates();
        Optional<ResourceTemplate> template =
            templates == null ? Optional.empty() : templates.find(uri, caller);
        if (template.isEmpty()) {
          throw McpException.invalidParams("Unknown template: " + uri);
        }
        call.require(template.get());
        requireKnown(template.get().variables(), argument);
        return Optional.ofNullable(template.get().completers().get(argument));
      }
      default ->
        throw McpException.invalidParams("params.ref.type must be ref/prompt or ref/resource");
    }
  }

  private static void requireKnown(List<String> known, String argument) {
    if (!known.contains(argument)) {
      throw McpException.invalidParams(
          "params.argument.name \"" + argument + "\" is not known; " + Params.known(known));
    }
  }
}
