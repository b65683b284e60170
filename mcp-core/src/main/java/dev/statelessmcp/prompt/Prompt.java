package dev.statelessmcp.prompt;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.completion.Completer;
import dev.statelessmcp.input.Asks;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Icon;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Messages that a user picks to begin with. Immutable; the methods that set something return a new
 * prompt.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/prompts">Prompts</a>
 */
public final class Prompt implements Item {
  private final String name;
  private final String title;
  private final String description;
  private final List<Argument> arguments;
  private final List<Icon> icons;
  private final ObjectNode meta;
  private final Asks asks;
  private final Predicate<Caller> visible;
  private final PromptHandler handler;
  private final ObjectNode json;

  /**
   * An argument.
   *
   * @param name its name
   * @param description what it is, or null
   * @param required whether it must be there
   * @param completer suggests values, or null
   */
  private record Argument(String name, String description, boolean required, Completer completer) {}

  private Prompt(
      String name,
      String title,
      String description,
      List<Argument> arguments,
      List<Icon> icons,
      ObjectNode meta,
      Asks asks,
      Predicate<Caller> visible,
      PromptHandler handler) {
    this.name = name;
    this.title = title;
    this.description = description;
    this.arguments = arguments;
    this.icons = icons;
    this.meta = meta;
    this.asks = asks;
    this.visible = visible;
    this.handler = handler;
    this.json = define();
  }

  /**
   * A prompt without arguments.
   *
   * @param name its name, unique in its server; not empty
   * @param description what it is for; not null
   * @param handler writes the messages; not null
   * @return the prompt
   */
  public static Prompt of(String name, String description, PromptHandler handler) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a prompt must have a name");
    }
    Objects.requireNonNull(handler, "handler");
    return new Prompt(
        name, null, description, List.of(), List.of(), null, Asks.NOTHING, null, handler);
  }

  /**
   * The prompt with an argument that must be there.
   *
   * @param argument its name; not null
   * @param explanation what it is; may be null
   * @return a new prompt
   */
  public Prompt required(String argument, String explanation) {
    return with(new Argument(argument, explanation, true, null));
  }

  /**
   * The prompt with an argument that may be there.
   *
   * @param argument its name; not null
   * @param explanation what it is; may be null
   * @return a new prompt
   */
  public Prompt optional(String argument, String explanation) {
    return with(new Argument(argument, explanation, false, null));
  }

  private Prompt with(Argument argument) {
    List<Argument> more = new ArrayList<>(arguments);
    if (more.stream().anyMatch(a -> a.name.equals(argument.name))) {
      throw new IllegalArgumentException("prompt " + name + " has " + argument.name + " twice");
    }
    more.add(argument);
    return new Prompt(
        name, title, description, List.copyOf(more), icons, meta, asks, visible, handler);
  }

  /**
   * The prompt with somebody who completes an argument.
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
    return new Prompt(
        name, title, description, List.copyOf(changed), icons, meta, asks, visible, handler);
  }

  /**
   * The prompt with a name for people.
   *
   * @param newTitle the title; null for none
   * @return a new prompt
   */
  public Prompt title(String newTitle) {
    return new Prompt(name, newTitle, description, arguments, icons, meta, asks, visible, handler);
  }

  /**
   * The prompt with pictures.
   *
   * @param newIcons the pictures
   * @return a new prompt
   */
  public Prompt icons(Icon... newIcons) {
    return new Prompt(
        name, title, description, arguments, List.of(newIcons), meta, asks, visible, handler);
  }

  /**
   * The prompt with something else that clients are to know.
   *
   * @param newMeta becomes {@code _meta} of the definition; null for nothing; not to be changed
   * @return a new prompt
   */
  public Prompt meta(ObjectNode newMeta) {
    return new Prompt(name, title, description, arguments, icons, newMeta, asks, visible, handler);
  }

  /**
   * The prompt, whose handler asks the client and cannot do without an answer.
   *
   * @param kinds what it asks
   * @return a new prompt
   */
  public Prompt asks(QuestionKind... kinds) {
    return new Prompt(
        name, title, description, arguments, icons, meta, asks.require(kinds), visible, handler);
  }

  /**
   * The prompt, whose handler asks the client if that answers.
   *
   * @param kinds what it asks
   * @return a new prompt
   */
  public Prompt mayAsk(QuestionKind... kinds) {
    return new Prompt(
        name, title, description, arguments, icons, meta, asks.allow(kinds), visible, handler);
  }

  /**
   * The prompt for some callers alone: the others neither see nor get it.
   *
   * @param rule whether a caller may; asked by many threads; not null
   * @return a new prompt
   */
  public Prompt visibleTo(Predicate<Caller> rule) {
    return new Prompt(name, title, description, arguments, icons, meta, asks, rule, handler);
  }

  /**
   * What the handler may ask.
   *
   * @return never null
   */
  public Asks asks() {
    return asks;
  }

  /**
   * Who completes the arguments.
   *
   * @return by argument; those that nobody completes are not in it
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
   * The names of the arguments.
   *
   * @param requiredOnly whether only those are wanted that must be there
   * @return in order
   */
  public List<String> argumentNames(boolean requiredOnly) {
    return arguments.stream()
        .filter(a -> a.required || !requiredOnly)
        .map(Argument::name)
        .toList();
  }

  /**
   * Writes the messages.
   *
   * @param call the arguments, and everything else
   * @return the messages
   * @throws Exception what the handler throws
   */
  public PromptResult get(PromptCall call) throws Exception {
    return handler.get(call);
  }

  @Override
  public String key() {
    return name;
  }

  @Override
  public boolean isVisibleTo(Caller caller) {
    return visible == null || visible.test(caller);
  }

  @Override
  public boolean isRestricted() {
    return visible != null;
  }

  @Override
  public ObjectNode toJson() {
    return json;
  }

  private ObjectNode define() {
    ObjectNode definition = Json.object().put("name", name);
    if (title != null) {
      definition.put("title", title);
    }
    if (description != null) {
      definition.put("description", description);
    }
    Icon.addTo(icons, definition);
    if (!arguments.isEmpty()) {
      ArrayNode array = definition.putArray("arguments");
      for (Argument argument : arguments) {
        ObjectNode entry = array.addObject().put("name", argument.name);
        if (argument.description != null) {
          entry.put("description", argument.description);
        }
        entry.put("required", argument.required);
      }
    }
    if (meta != null) {
      definition.set("_meta", meta);
    }
    return definition;
  }
}
