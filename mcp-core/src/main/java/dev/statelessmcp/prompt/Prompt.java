package dev.statelessmcp.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.completion.Completer;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A template of messages that a user selects. Immutable; the methods that set something return a
 * new prompt.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/prompts">Prompts</a>
 */
public final class Prompt extends Item<Prompt> {
  private final String name;
  private final String description;
  private final PromptHandler handler;

  // Set only in a copy, before it is published
  private List<Argument> arguments = List.of();
  private ObjectNode definition;

  /**
   * An argument.
   *
   * @param name its name
   * @param description its description, or null
   * @param required true if a request must have it
   * @param completer suggests values, or null
   */
  private record Argument(
      String name,
      @Nullable String description,
      boolean required,
      @Nullable Completer completer) {}

  private Prompt(String name, String description, PromptHandler handler) {
    this.name = name;
    this.description = description;
    this.handler = handler;
    definition = Json.fixed(define());
  }

  /**
   * Creates a prompt without arguments.
   *
   * @param name its name, unique in its server; not empty
   * @param description its description; not null
   * @param handler writes the messages; not null
   * @return the prompt
   */
  public static Prompt of(String name, String description, PromptHandler handler) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a prompt must have a name");
    }
    Objects.requireNonNull(handler, "handler");
    return new Prompt(name, description, handler);
  }

  /**
   * Adds a required argument.
   *
   * @param argument its name; not null
   * @param explanation its description; may be null
   * @return a new prompt
   */
  public Prompt requiredArgument(String argument, @Nullable String explanation) {
    return with(new Argument(argument, explanation, true, null));
  }

  /**
   * Adds an optional argument.
   *
   * @param argument its name; not null
   * @param explanation its description; may be null
   * @return a new prompt
   */
  public Prompt optionalArgument(String argument, @Nullable String explanation) {
    return with(new Argument(argument, explanation, false, null));
  }

  private Prompt with(Argument argument) {
    for (Argument other : arguments) {
      if (other.name.equals(argument.name)) {
        throw new IllegalArgumentException("prompt " + name + " has " + argument.name + " twice");
      }
    }
    List<Argument> more = new ArrayList<>(arguments);
    more.add(argument);
    return with(more);
  }

  private Prompt with(List<Argument> newArguments) {
    Prompt copy = copy();
    copy.arguments = List.copyOf(newArguments);
    copy.changed();
    return copy;
  }

  @Override
  protected void changed() {
    definition = Json.fixed(define());
  }

  /**
   * Sets a completer of an argument.
   *
   * @param argument its name; must have been added
   * @param completer suggests values; not null
   * @return a new prompt
   */
  public Prompt complete(String argument, Completer completer) {
    List<Argument> changed = new ArrayList<>();
    boolean found = false;
    for (Argument a : arguments) {
      boolean same = a.name.equals(argument);
      found |= same;
      changed.add(same ? new Argument(a.name, a.description, a.required, completer) : a);
    }
    if (!found) {
      throw new IllegalArgumentException("prompt " + name + " has no argument " + argument);
    }
    return with(changed);
  }

  /**
   * The completers of the arguments.
   *
   * @return the completers by name of the argument
   */
  public Map<String, Completer> completers() {
    Map<String, Completer> completers = new LinkedHashMap<>();
    for (Argument argument : arguments) {
      if (argument.completer != null) {
        completers.put(argument.name, argument.completer);
      }
    }
    return completers;
  }

  /**
   * The names of all arguments.
   *
   * @return in order
   */
  public List<String> argumentNames() {
    return names(false);
  }

  /**
   * The names of the required arguments.
   *
   * @return in order
   */
  public List<String> requiredArguments() {
    return names(true);
  }

  private List<String> names(boolean requiredOnly) {
    List<String> names = new ArrayList<>();
    for (Argument argument : arguments) {
      if (argument.required || !requiredOnly) {
        names.add(argument.name);
      }
    }
    return names;
  }

  /**
   * Runs the handler.
   *
   * @param call the request with its arguments
   * @return the messages
   * @throws Exception if the handler throws it
   */
  public PromptResult get(PromptCall call) throws Exception {
    return handler.get(call);
  }

  @Override
  public String key() {
    return name;
  }

  @Override
  public ObjectNode toJson() {
    return definition;
  }

  private ObjectNode define() {
    ObjectNode json = Json.object().put("name", name);
    addTitle(json);
    if (description != null) {
      json.put("description", description);
    }
    addIcons(json);
    if (!arguments.isEmpty()) {
      ArrayNode array = json.putArray("arguments");
      for (Argument argument : arguments) {
        ObjectNode entry = array.addObject().put("name", argument.name);
        if (argument.description != null) {
          entry.put("description", argument.description);
        }
        entry.put("required", argument.required);
      }
    }
    addMeta(json);
    return json;
  }
}
