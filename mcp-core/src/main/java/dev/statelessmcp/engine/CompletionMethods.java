package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.completion.Completer;
import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.resource.ResourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
    Optional<Completer> completer = completer(call, reference, name);
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

  /** The completer of an argument; empty if it has none, which is not an error. */
  private static Optional<Completer> completer(
      ServedRequest call, JsonNode reference, String argument) throws Exception {
    String type = Params.text(reference, "type", "params.ref.type");
    boolean ofPrompt = type.equals("ref/prompt");
    if (!ofPrompt && !type.equals("ref/resource")) {
      throw McpException.invalidParams("params.ref.type must be ref/prompt or ref/resource");
    }
    String member = ofPrompt ? "name" : "uri";
    String name = Params.text(reference, member, "params.ref." + member);
    Item<?> item = find(call, reference);
    if (item == null) {
      throw McpException.invalidParams(
          (ofPrompt ? "Unknown prompt: " : "Unknown template: ") + name);
    }
    call.require(item);
    if (item instanceof Prompt prompt) {
      requireKnown(prompt.argumentNames(), argument);
      return Optional.ofNullable(prompt.completers().get(argument));
    }
    ResourceTemplate template = (ResourceTemplate) item;
    requireKnown(template.variables(), argument);
    return Optional.ofNullable(template.completers().get(argument));
  }

  /** The prompt or template of a reference; null if it does not exist for the caller. */
  static @Nullable Item<?> find(ServedRequest call, JsonNode reference) throws Exception {
    Caller caller = call.exchange().caller();
    String name = reference.path("name").textValue();
    String uri = reference.path("uri").textValue();
    Catalog<Prompt> prompts = call.server().prompts();
    Catalog<ResourceTemplate> templates = call.server().templates();
    if (name != null && prompts != null && isOf(reference, "ref/prompt")) {
      return prompts.find(name, caller).orElse(null);
    }
    return uri != null && templates != null && isOf(reference, "ref/resource")
        ? templates.find(uri, caller).orElse(null)
        : null;
  }

  private static boolean isOf(JsonNode reference, String type) {
    return type.equals(reference.path("type").textValue());
  }

  private static void requireKnown(List<String> known, String argument) {
    if (!known.contains(argument)) {
      throw McpException.invalidParams(
          "params.argument.name \"" + argument + "\" is not known; " + Params.known(known));
    }
  }
}
