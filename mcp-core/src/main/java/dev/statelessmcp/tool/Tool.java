package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.FlatSchema;
import dev.statelessmcp.binding.JsonType;
import dev.statelessmcp.binding.JsonTypes;
import dev.statelessmcp.binding.Problems;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.UnansweredException;
import dev.statelessmcp.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operation that a model can invoke: a name, a description, the schema of the arguments, and a
 * handler. Immutable; the methods that set something return a new tool.
 *
 * <p>Names, schemas and types are checked when the tool is created, so mistakes in them fail at
 * start-up and not in a call.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools">Tools</a>
 */
public final class Tool extends Item<Tool> {
  /** The maximum length of a name, in characters. */
  private static final int MAX_NAME = 128;

  private final String name;
  private final String description;

  // Set only in a copy, before it is published
  private ToolBody body;
  private @Nullable ToolAnnotations annotations;
  private @Nullable Boolean strict; // null for the server's setting
  private @Nullable Boolean ignoresUnknown; // null for the server's setting
  private boolean flat;
  private ObjectNode definition;
  private Map<String, List<String>> mirrored;

  private Tool(String name, String description, ToolBody body) {
    this.name = checkName(name);
    this.description = Objects.requireNonNull(description, "description");
    this.body = body;
    changed();
  }

  @Override
  protected void changed() {
    definition = Json.fixed(define());
    try {
      mirrored = MirroredParameters.in((ObjectNode) definition.get("inputSchema"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tool \"" + name + "\": " + e.getMessage(), e);
    }
  }

  /**
   * A tool that takes a record and answers with text or other content.
   *
   * <p>The schema is derived: a component is required unless it is {@code Optional} or
   * {@code @Nullable}, or has a {@code @Default}. Of Jackson's annotations, {@code @JsonProperty},
   * {@code @JsonIgnore} and {@code @JsonAlias} are supported, {@code @JsonValue} on enums, and
   * {@code @JsonTypeInfo} on sealed interfaces; others that would change the JSON are refused. A
   * recursive record is described by {@code $defs} and {@code $ref}; see {@link #flatSchema()}. A
   * value of another JSON type is converted ("5" to 5, 5 to "5"); {@link #strict()} turns that off.
   *
   * @param name 1 to 128 of the characters {@code A-Z a-z 0-9 _ - .}; unique in its server
   * @param description what it does, for the model; not null
   * @param input the record of the arguments; its components may be String, numbers, boolean,
   *     enums, records (generic ones too), sealed interfaces of records, List, Set, arrays, byte[]
   *     (Base64), Map with keys that are strings in JSON, Optional, java.time, UUID, URI, JsonNode
   * @param handler what it does; not null
   * @param <I> the arguments
   * @return the tool
   * @throws IllegalArgumentException if the name is not of that form, or the record has a component
   *     of another type or an unsupported annotation
   */
  public static <I extends Record> Tool of(
      String name, String description, Class<I> input, ToolHandler<I, ToolResult> handler) {
    return ofTypes(name, description, JsonTypes.ofRecord(input), null, handler);
  }

  /**
   * A tool that takes a record and answers with a record, or with one of the records of a sealed
   * interface. Its output schema is derived too, and every answer carries the record as
   * {@code structuredContent} and the same JSON as text. An answer that violates the schema, such
   * as a number outside its {@code @Range}, is not sent: the client gets an internal error, and the
   * log says which member is wrong. {@link ToolCall#resultMeta} adds {@code _meta}.
   *
   * @param name 1 to 128 of the characters {@code A-Z a-z 0-9 _ - .}; unique in its server
   * @param description what it does, for the model; not null
   * @param input the record of the arguments
   * @param output the record of the answer, or a sealed interface of records
   * @param handler what it does; not null
   * @param <I> the arguments
   * @param <O> the answer
   * @return the tool
   * @throws IllegalArgumentException if the name is not of that form, or a record has a component
   *     that has no JSON form
   */
  public static <I extends Record, O> Tool of(
      String name, String description, Class<I> input, Class<O> output, ToolHandler<I, O> handler) {
    return ofTypes(
        name, description, JsonTypes.ofRecord(input), JsonTypes.ofObject(output), handler);
  }

  /**
   * A tool whose types are not derived from records, for libraries.
   *
   * @param name 1 to 128 of the characters {@code A-Z a-z 0-9 _ - .}; unique in its server
   * @param description what it does, for the model; not null
   * @param input the arguments, of JSON type object; not null
   * @param output the answer; null if the handler returns a {@link ToolResult}
   * @param handler what it does; not null
   * @param <I> the arguments
   * @param <O> the answer
   * @return the tool
   * @throws IllegalArgumentException if the name is not of that form
   */
  public static <I, O> Tool ofTypes(
      String name,
      String description,
      JsonType<I> input,
      @Nullable JsonType<O> output,
      ToolHandler<I, O> handler) {
    Objects.requireNonNull(handler, "handler");
    return new Tool(name, description, new TypedBody<>(input, output, handler));
  }

  /**
   * A tool whose schema is written by hand, in JSON Schema 2020-12 or the dialect that
   * {@code $schema} names. Arguments are validated, not converted.
   *
   * @param name 1 to 128 of the characters {@code A-Z a-z 0-9 _ - .}; unique in its server
   * @param description what it does, for the model; not null
   * @param inputSchema the schema, as JSON text; its {@code type} must be {@code object}
   * @param handler what it does; not null
   * @return the tool
   * @throws IllegalArgumentException if the name is not of that form, or the schema is not JSON,
   *     not valid, of an unknown dialect, or has a {@code $ref} to another document
   */
  public static Tool ofSchema(
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
    return new Tool(name, description, body);
  }

  private static ObjectNode objectSchema(String text) {
    if (!(Json.parse(text) instanceof ObjectNode schema)
        || !"object".equals(schema.path("type").textValue())) {
      throw new IllegalArgumentException("type of the schema must be \"object\"");
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
          "\"" + name
              + "\" cannot be the name of a tool: it must be 1 to 128 of the characters A-Z a-z 0-9 _ - .");
    }
    return name;
  }

  /**
   * Sets hints about what the tool does.
   *
   * @param hints the hints; null for none
   * @return a new tool
   */
  public Tool annotations(@Nullable ToolAnnotations hints) {
    Tool copy = copy();
    copy.annotations = hints;
    copy.changed();
    return copy;
  }

  /**
   * Refuses values of another JSON type, such as "5" for 5. Tools with a schema written by hand
   * always do. By default the setting of the server applies; see
   * {@link dev.statelessmcp.McpServer.Builder#strictArguments}.
   *
   * @return a new tool
   */
  public Tool strict() {
    return reading(true, ignoresUnknown);
  }

  /**
   * Converts values of another JSON type: a number or boolean where a string is expected, a string
   * where a number or boolean is expected, JSON text where an array or object is expected, and
   * {@code "null"} where null is. A value that the schema accepts is never changed. By default the
   * setting of the server applies, which is lenient unless changed.
   *
   * @return a new tool
   * @throws IllegalStateException if the schema is written by hand
   */
  public Tool lenient() {
    requireTyped("lenient");
    return reading(false, ignoresUnknown);
  }

  /**
   * Ignores unknown arguments, also in nested records: some clients add their own to every call.
   * The schema does not change: it still tells models not to send them.
   *
   * @return a new tool
   * @throws IllegalStateException if the schema is written by hand
   */
  public Tool ignoreUnknownArguments() {
    requireTyped("ignoreUnknownArguments");
    return reading(strict, true);
  }

  /**
   * Refuses unknown arguments, with a message that names the known ones. This is the default,
   * unless the setting of the server differs.
   *
   * @return a new tool
   * @throws IllegalStateException if the schema is written by hand
   */
  public Tool refuseUnknownArguments() {
    requireTyped("refuseUnknownArguments");
    return reading(strict, false);
  }

  /**
   * Describes recursive types without {@code $ref}, for clients that do not support it: the schema
   * repeats a recursive type twice on each path, and below that says only {@code object}. The tool
   * accepts the same arguments as before.
   *
   * @return a new tool
   * @throws IllegalStateException if the schema is written by hand
   */
  public Tool flatSchema() {
    requireTyped("flatSchema");
    Tool copy = copy();
    copy.flat = true;
    copy.changed();
    return copy;
  }

  /**
   * Whether the schemas are derived from types.
   *
   * @return false if they are written by hand
   */
  public boolean isTyped() {
    return !(body instanceof SchemaBody);
  }

  private void requireTyped(String setting) {
    if (!isTyped()) {
      throw new IllegalStateException("tool \"" + name + "\" must be typed for " + setting
          + "(): its schema is written by hand");
    }
  }

  private Tool reading(@Nullable Boolean newStrict, @Nullable Boolean newIgnoresUnknown) {
    Tool copy = copy();
    copy.strict = newStrict;
    copy.ignoresUnknown = newIgnoresUnknown;
    return copy;
  }

  /**
   * Applies the settings of a server where the tool has none of its own. Called by the engine.
   *
   * @param serverIsStrict whether tools of the server are strict by default
   * @param serverIgnoresUnknown whether tools of the server ignore unknown arguments by default
   * @return this tool, or a copy
   */
  public Tool onServer(boolean serverIsStrict, boolean serverIgnoresUnknown) {
    return reading(
        strict == null ? Boolean.valueOf(serverIsStrict) : strict,
        ignoresUnknown == null ? Boolean.valueOf(serverIgnoresUnknown) : ignoresUnknown);
  }

  /**
   * Sets an output schema written by hand. Every answer that is not an error must have
   * {@code structuredContent} that is valid against it, {@code format} included; otherwise the
   * client gets an internal error.
   *
   * @param schema the schema, as JSON text, of any type. For revisions that allow only objects,
   *     schema and values are wrapped in an object with the member {@code result}
   * @return a new tool
   * @throws IllegalArgumentException if the schema cannot be used
   * @throws IllegalStateException if the tool is typed: its output schema is derived
   */
  public Tool outputSchema(String schema) {
    if (!(body instanceof SchemaBody byHand)) {
      throw new IllegalStateException(
          "tool \"" + name + "\" is typed: pass the record of its answer to Tool.of instead");
    }
    try {
      if (!(Json.parse(schema) instanceof ObjectNode output)) {
        throw new IllegalArgumentException("the schema must be an object");
      }
      Tool copy = copy();
      copy.body = byHand.withOutput(output);
      copy.changed();
      return copy;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("tool \"" + name + "\": output: " + e.getMessage(), e);
    }
  }

  /**
   * The name.
   *
   * @return never null
   */
  public String name() {
    return name;
  }

  @Override
  public String key() {
    return name;
  }

  /**
   * The arguments that are mirrored into HTTP headers.
   *
   * @return the path of each argument, by the name of its header in lower case; unmodifiable;
   *     usually empty
   */
  public Map<String, List<String>> mirrored() {
    return mirrored;
  }

  @Override
  public ObjectNode toJson() {
    return definition;
  }

  private ObjectNode define() {
    ObjectNode json = Json.object().put("name", name);
    addTitle(json);
    json.put("description", description);
    addIcons(json);
    ObjectNode input = body.inputSchema();
    json.set("inputSchema", flat ? FlatSchema.of(input) : input);
    ObjectNode output = body.outputSchema();
    if (output != null) {
      json.set("outputSchema", flat ? FlatSchema.of(output) : output);
    }
    if (annotations != null) {
      json.set("annotations", annotations.toJson());
    }
    addMeta(json);
    return json;
  }

  /**
   * Serves one call. Arguments that violate the schema, a {@link ToolException}, and a question
   * that was declined or not answered become a result with {@code isError}, so that the model can
   * read the reason.
   *
   * @param arguments the arguments; not null
   * @param call everything else; not null
   * @return the answer
   * @throws Exception if the handler throws any other exception
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#error-handling">Error
   *     Handling</a>
   */
  public ToolResult call(ObjectNode arguments, ToolCall call) throws Exception {
    Problems problems =
        new Problems(strict == null || !strict, ignoresUnknown != null && ignoresUnknown);
    try {
      ToolResult result = body.run(arguments, call, problems);
      return result != null
          ? result
          : ToolResult.error("Invalid arguments for tool " + name + ": " + problems);
    } catch (Exception e) {
      return Failure.result(e);
    }
  }

  /** A separate class, because verifying a class loads the exceptions that it catches. */
  private static final class Failure { // cold start
    static ToolResult result(Exception e) throws Exception {
      if (e instanceof ToolException
          || e instanceof DeclinedException
          || e instanceof UnansweredException) {
        return ToolResult.error(Objects.requireNonNullElse(e.getMessage(), "The tool failed"));
      }
      throw e;
    }
  }

  @Override
  public String toString() {
    return "Tool " + name;
  }
}
