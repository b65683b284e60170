package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.JsonType;
import dev.statelessmcp.binding.JsonTypes;
import dev.statelessmcp.binding.Problems;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.input.Asks;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.UnansweredException;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Icon;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Something that a model can have done: a name, a description, the schema of the arguments, and a
 * handler. Immutable; the methods that set something return a new tool.
 *
 * <p>Names, schemas and types are checked here, when the tool is made, so that a server that starts
 * is a server that works.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools">Tools</a>
 */
public final class Tool implements Item {
  /** The longest name. */
  private static final int MAX_NAME = 128;

  private final Options options;
  private final ToolBody body;
  private final ObjectNode definition;
  private final List<MirroredParameter> mirrored;

  /** Everything about a tool but its schemas and its handler; never changed once a tool has it. */
  private static final class Options implements Cloneable {
    private String name;
    private String title;
    private String description;
    private ToolAnnotations annotations;
    private List<Icon> icons = List.of();
    private ObjectNode meta;
    private boolean strict;
    private Asks asks = Asks.NOTHING;
    private Predicate<Caller> visible;

    Options copy() {
      try {
        return (Options) clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException("it is cloneable", e);
      }
    }
  }

  private Tool(Options options, ToolBody body) {
    checkName(options.name);
    Objects.requireNonNull(options.description, "description");
    this.options = options;
    this.body = body;
    this.definition = define(options, body);
    try {
      this.mirrored = MirroredParameter.of((ObjectNode) definition.get("inputSchema"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tool \"" + options.name + "\": " + e.getMessage(), e);
    }
  }

  private static Tool with(String name, String description, boolean strict, ToolBody body) {
    Options options = new Options();
    options.name = name;
    options.description = description;
    options.strict = strict;
    return new Tool(options, body);
  }

  /**
   * A tool that takes a record and answers with text or other content.
   *
   * <p>The schema is derived: a component is required unless it is {@code Optional} or
   * {@code @Nullable}. Scalars that models send as strings ("5" for 5, "true" for true) are taken
   * too, which departs from strict validation; {@link #strict()} turns that off.
   *
   * @param name 1 to 128 of the characters {@code A-Z a-z 0-9 _ - .}; unique in its server
   * @param description what it does, for the model; not null
   * @param input the record of the arguments; its components may be String, numbers, boolean,
   *     enums, records, List, Set, Map with String keys, Optional, java.time, UUID, URI, JsonNode
   * @param handler what it does; not null
   * @param <I> the arguments
   * @return the tool
   * @throws IllegalArgumentException if the name is not of that form, or the record has a component
   *     of another type
   */
  public static <I extends Record> Tool of(
      String name, String description, Class<I> input, ToolHandler<I, ToolResult> handler) {
    return typed(name, description, JsonTypes.ofRecord(input), null, handler);
  }

  /**
   * A tool that takes a record and answers with a record. Its output schema is derived too, and
   * every answer carries the record as {@code structuredContent} and the same JSON as text.
   *
   * @param name 1 to 128 of the characters {@code A-Z a-z 0-9 _ - .}; unique in its server
   * @param description what it does, for the model; not null
   * @param input the record of the arguments
   * @param output the record of the answer
   * @param handler what it does; not null
   * @param <I> the arguments
   * @param <O> the answer
   * @return the tool
   * @throws IllegalArgumentException if the name is not of that form, or a record has a component
   *     that has no JSON form
   */
  public static <I extends Record, O extends Record> Tool of(
      String name, String description, Class<I> input, Class<O> output, ToolHandler<I, O> handler) {
    return typed(name, description, JsonTypes.ofRecord(input), JsonTypes.ofRecord(output), handler);
  }

  private static <I, O> Tool typed(
      String name,
      String description,
      JsonType<I> input,
      JsonType<O> output,
      ToolHandler<I, O> handler) {
    Objects.requireNonNull(handler, "handler");
    return with(name, description, false, new TypedBody<>(input, output, handler));
  }

  /**
   * A tool whose schema is written by hand, in full JSON Schema 2020-12 or the dialect that
   * {@code $schema} names. Arguments are checked strictly and come as the tree that was sent.
   *
   * @param name 1 to 128 of the characters {@code A-Z a-z 0-9 _ - .}; unique in its server
   * @param description what it does, for the model; not null
   * @param inputSchema the schema, as JSON text; its {@code type} must be {@code object}
   * @param handler what it does; not null
   * @return the tool
   * @throws IllegalArgumentException if the name is not of that form, or the schema is no JSON, not
   *     valid, of an unknown dialect, or refers to something outside itself
   */
  public static Tool withSchema(
      String name,
      String description,
      String inputSchema,
      ToolHandler<ObjectNode, ToolResult> handler) {
    Objects.requireNonNull(handler, "handler");
    checkName(name);
    SchemaBody body;
    try {
      body = new SchemaBody(objectSchema(inputSchema), null, handler);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tool \"" + name + "\": " + e.getMessage(), e);
    }
    return with(name, description, true, body);
  }

  private static ObjectNode objectSchema(String text) {
    if (!(Json.parse(text) instanceof ObjectNode schema)
        || !"object".equals(schema.path("type").textValue())) {
      throw new IllegalArgumentException("the schema's type must be \"object\"");
    }
    return schema;
  }

  private static String checkName(String name) {
    boolean good = name != null && !name.isEmpty() && name.length() <= MAX_NAME;
    for (int i = 0; good && i < name.length(); i++) {
      char c = name.charAt(i);
      good = (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || c == '_'
          || c == '-'
          || c == '.';
    }
    if (!good) {
      throw new IllegalArgumentException(
          "\"" + name + "\" is no name of a tool: 1 to 128 of the characters A-Z a-z 0-9 _ - .");
    }
    return name;
  }

  /**
   * The tool with a name for people.
   *
   * @param title the title; null for none
   * @return a new tool
   */
  public Tool title(String title) {
    Options changed = options.copy();
    changed.title = title;
    return new Tool(changed, body);
  }

  /**
   * The tool with hints about what it does.
   *
   * @param annotations the hints; null for none
   * @return a new tool
   */
  public Tool annotations(ToolAnnotations annotations) {
    Options changed = options.copy();
    changed.annotations = annotations;
    return new Tool(changed, body);
  }

  /**
   * The tool with pictures.
   *
   * @param icons the pictures
   * @return a new tool
   */
  public Tool icons(Icon... icons) {
    Options changed = options.copy();
    changed.icons = List.of(icons);
    return new Tool(changed, body);
  }

  /**
   * The tool with something else that clients are to know.
   *
   * @param meta becomes {@code _meta} of the definition; null for nothing; not to be changed
   * @return a new tool
   */
  public Tool meta(ObjectNode meta) {
    Options changed = options.copy();
    changed.meta = meta;
    return new Tool(changed, body);
  }

  /**
   * The tool, refusing scalars that come as strings. Tools with a schema written by hand always do.
   *
   * @return a new tool
   */
  public Tool strict() {
    Options changed = options.copy();
    changed.strict = true;
    return new Tool(changed, body);
  }

  /**
   * The tool, which asks the client and cannot do without an answer. A client that does not answer
   * such questions is refused before the handler runs.
   *
   * @param kinds what it asks
   * @return a new tool
   */
  public Tool asks(QuestionKind... kinds) {
    return withAsks(options.asks.require(kinds));
  }

  /**
   * The tool, which asks the client if that answers ({@code call.canAsk}).
   *
   * @param kinds what it asks
   * @return a new tool
   */
  public Tool mayAsk(QuestionKind... kinds) {
    return withAsks(options.asks.allow(kinds));
  }

  private Tool withAsks(Asks asks) {
    Options changed = options.copy();
    changed.asks = asks;
    return new Tool(changed, body);
  }

  /**
   * The tool for some callers alone: the others neither see it nor can they call it.
   *
   * @param rule whether a caller may; asked in every list and call, by many threads; not null
   * @return a new tool
   */
  public Tool visibleTo(Predicate<Caller> rule) {
    Options changed = options.copy();
    changed.visible = Objects.requireNonNull(rule, "rule");
    return new Tool(changed, body);
  }

  /**
   * The tool with an output schema written by hand. Every answer that is no error must carry
   * {@code structuredContent} that satisfies it; one that does not is an internal error.
   *
   * @param schema the schema, as JSON text, of any type; clients of revisions that take only
   *     objects get it and its values wrapped in one, as {@code result}
   * @return a new tool
   * @throws IllegalArgumentException if the schema cannot be used
   * @throws IllegalStateException if the tool is typed, since its output schema is derived
   */
  public Tool outputSchema(String schema) {
    if (!(body instanceof SchemaBody byHand)) {
      throw new IllegalStateException(
          "tool \"" + options.name + "\" is typed: name the record of its answer instead");
    }
    try {
      if (!(Json.parse(schema) instanceof ObjectNode output)) {
        throw new IllegalArgumentException("the schema must be an object");
      }
      return new Tool(options, byHand.withOutput(output));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "tool \"" + options.name + "\": output: " + e.getMessage(), e);
    }
  }

  /**
   * The name.
   *
   * @return never null
   */
  public String name() {
    return options.name;
  }

  @Override
  public String key() {
    return options.name;
  }

  @Override
  public boolean isVisibleTo(Caller caller) {
    return options.visible == null || options.visible.test(caller);
  }

  @Override
  public boolean isRestricted() {
    return options.visible != null;
  }

  /**
   * What the handler may ask.
   *
   * @return never null
   */
  public Asks asks() {
    return options.asks;
  }

  /**
   * The arguments that are mirrored into HTTP headers.
   *
   * @return unmodifiable; usually empty
   */
  public List<MirroredParameter> mirrored() {
    return mirrored;
  }

  @Override
  public ObjectNode toJson() {
    return definition;
  }

  private static ObjectNode define(Options options, ToolBody body) {
    ObjectNode json = Json.object().put("name", options.name);
    if (options.title != null) {
      json.put("title", options.title);
    }
    json.put("description", options.description);
    if (!options.icons.isEmpty()) {
      Icon.addTo(options.icons, json);
    }
    json.set("inputSchema", body.inputSchema());
    ObjectNode output = body.outputSchema();
    if (output != null) {
      json.set("outputSchema", output);
    }
    if (options.annotations != null) {
      json.set("annotations", options.annotations.toJson());
    }
    if (options.meta != null) {
      json.set("_meta", options.meta);
    }
    return json;
  }

  /**
   * Serves one call. Arguments that violate the schema, and a {@link ToolException}, become a
   * result with {@code isError}, so that the model can read and mend them.
   *
   * @param arguments the arguments; not null
   * @param call everything else; not null
   * @return the answer
   * @throws Exception what the handler throws, but for {@link ToolException}
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#error-handling">Error
   *     Handling</a>
   */
  public ToolResult call(ObjectNode arguments, ToolCall call) throws Exception {
    Problems problems = new Problems(!options.strict);
    try {
      ToolResult result = body.run(arguments, call, problems);
      return problems.isEmpty()
          ? result
          : ToolResult.error("Invalid arguments for tool " + options.name + ": " + problems);
    } catch (Exception e) {
      return Failure.result(e);
    }
  }

  /** Apart from the tool, since a class that names exceptions loads them with itself. */
  private static final class Failure {
    static ToolResult result(Exception e) throws Exception {
      if (e instanceof ToolException
          || e instanceof DeclinedException
          || e instanceof UnansweredException) {
        return ToolResult.error(e.getMessage());
      }
      throw e;
    }
  }

  @Override
  public String toString() {
    return "Tool " + options.name;
  }
}
