package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.JsonType;
import dev.statelessmcp.binding.JsonTypes;
import dev.statelessmcp.binding.Problems;
import dev.statelessmcp.binding.SchemaValidator;
import dev.statelessmcp.json.Json;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/**
 * Questions to the user.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation">Elicitation</a>
 */
public final class Elicitation {
  /** "Supported formats: email, uri, date, date-time". */
  private static final Set<String> FORMATS = Set.of("email", "uri", "date", "date-time");

  private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");

  private Elicitation() {}

  /**
   * A form. Its fields are the components of a record: strings, numbers, booleans, enums, and lists
   * or sets of enums; with {@code @Title}, {@code @Description}, {@code @Default}, {@code @Range},
   * {@code @Length} and {@code @Format}.
   *
   * @param message why it is asked; not null
   * @param type the record; not null
   * @param <T> what the user fills in
   * @return the question
   * @throws IllegalArgumentException if a component is of another type, since "complex nested
   *     structures … are intentionally not supported"
   */
  public static <T extends Record> Question<T> form(String message, Class<T> type) {
    JsonType<T> json = JsonTypes.ofRecord(type);
    ObjectNode schema = flat(json.schema());
    return new Form<>(message, schema) {
      @Override
      T content(ObjectNode content, Problems problems) {
        return json.read(content, "content", problems);
      }
    };
  }

  /**
   * A form whose schema is written by hand.
   *
   * @param message why it is asked; not null
   * @param schema the schema, as JSON text: a flat object of primitive properties
   * @return the question; its answer is what the user filled in
   * @throws IllegalArgumentException if the schema is not of that form
   */
  public static Question<ObjectNode> form(String message, String schema) {
    if (!(Json.parse(schema) instanceof ObjectNode object)) {
      throw new IllegalArgumentException("the schema must be an object");
    }
    SchemaValidator validator = new SchemaValidator(object);
    return new Form<>(message, flat(object)) {
      @Override
      ObjectNode content(ObjectNode content, Problems problems) {
        validator.check(content, "content", problems);
        return content;
      }
    };
  }

  private static ObjectNode flat(ObjectNode schema) {
    if (!"object".equals(schema.path("type").textValue())) {
      throw new IllegalArgumentException("the schema of a form must be of type object");
    }
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      JsonNode shape = property.getValue();
      String type = shape.path("type").asText();
      JsonNode items = shape.path("items");
      boolean choices = type.equals("array") && (items.has("enum") || items.has("anyOf"));
      if (!SCALARS.contains(type) && !choices) {
        throw new IllegalArgumentException("a form cannot have the field " + property.getKey()
            + ": it is neither a string, a" + " number, a boolean nor a choice");
      }
    }
    if (!schema.path("properties").isObject()) {
      throw new IllegalArgumentException("the schema of a form must have properties");
    }
    ObjectNode form = schema.deepCopy();
    form.remove("additionalProperties"); // not in the subset that forms may use
    for (JsonNode property : form.get("properties")) {
      if (!FORMATS.contains(property.path("format").asText("email"))) {
        ((ObjectNode) property).remove("format");
      }
    }
    return form;
  }

  /**
   * A page that the user is to visit. That it was visited is not known from the answer.
   *
   * @param message why it is asked; not null
   * @param url where to go; not null, an absolute URL
   * @param id names the elicitation, for clients of 2025-11-25; not null
   * @return the question; its answer is true
   */
  public static Question<Boolean> url(String message, String url, String id) {
    if (!URI.create(url).isAbsolute()) {
      throw new IllegalArgumentException("\"" + url + "\" is no absolute URL");
    }
    return new Question<>() {
      @Override
      public QuestionKind kind() {
        return QuestionKind.URL;
      }

      @Override
      public String method() {
        return METHOD;
      }

      @Override
      public ObjectNode params() {
        return Json.object()
            .put("mode", "url")
            .put("message", message)
            .put("url", url)
            .put("elicitationId", id);
      }

      @Override
      public Boolean read(ObjectNode answer) throws InvalidAnswerException, DeclinedException {
        requireAccepted(answer);
        return true;
      }
    };
  }

  private static final String METHOD = "elicitation/create";

  private static void requireAccepted(ObjectNode answer)
      throws InvalidAnswerException, DeclinedException {
    switch (answer.path("action").asText()) {
      case "accept" -> {}
      case "decline" -> throw new DeclinedException(false);
      case "cancel" -> throw new DeclinedException(true);
      default -> throw new InvalidAnswerException("action must be accept, decline or cancel");
    }
  }

  private abstract static class Form<T> implements Question<T> {
    private final String message;
    private final ObjectNode schema;

    Form(String message, ObjectNode schema) {
      this.message = message;
      this.schema = schema;
    }

    abstract T content(ObjectNode content, Problems problems);

    @Override
    public QuestionKind kind() {
      return QuestionKind.FORM;
    }

    @Override
    public String method() {
      return METHOD;
    }

    /** Without mode, which older clients do not know, and which is form where it is missing. */
    @Override
    public ObjectNode params() {
      ObjectNode params = Json.object().put("message", message);
      params.set("requestedSchema", schema.deepCopy());
      return params;
    }

    @Override
    public T read(ObjectNode answer) throws InvalidAnswerException, DeclinedException {
      requireAccepted(answer);
      if (!(answer.get("content") instanceof ObjectNode filled)) {
        throw new InvalidAnswerException("content must be an object");
      }
      Problems problems = new Problems(true);
      T content = content(filled, problems);
      if (!problems.isEmpty()) {
        throw new InvalidAnswerException(problems.toString());
      }
      return content;
    }
  }
}
