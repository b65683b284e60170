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
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Creates the questions to the user: forms and URLs. */
final class Elicitation {
  /** "Supported formats: email, uri, date, date-time". */
  private static final Set<String> FORMATS = Set.of("email", "uri", "date", "date-time");

  private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");

  private static final String METHOD = "elicitation/create";

  private Elicitation() {}

  static <T extends Record> Question<T> form(String message, Class<T> type) {
    JsonType<T> json = JsonTypes.ofRecord(type);
    ObjectNode schema = flat(json.schema());
    return form(message, schema, new FormReader<>() {
      @Override
      @Nullable
      T content(ObjectNode content, Problems problems) {
        return json.read(content, "content", problems);
      }
    });
  }

  static Question<ObjectNode> form(String message, String schema) {
    if (!(Json.parse(schema) instanceof ObjectNode object)) {
      throw new IllegalArgumentException("the schema of a form must be an object");
    }
    SchemaValidator validator = new SchemaValidator(object);
    return form(message, flat(object), new FormReader<>() {
      @Override
      ObjectNode content(ObjectNode content, Problems problems) {
        validator.check(content, "content", problems);
        return content;
      }
    });
  }

  /** The mode is left out: older clients do not know it, and {@code form} is its default. */
  private static <T> Question<T> form(String message, ObjectNode schema, FormReader<T> reader) {
    ObjectNode params = Json.object().put("message", Objects.requireNonNull(message, "message"));
    params.set("requestedSchema", schema);
    return new Question<>(QuestionKind.FORM, METHOD, params, reader);
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
        throw new IllegalArgumentException("the field "
            + property.getKey()
            + " of a form must be a string, number, boolean, enum, or array of an enum, was "
            + (type.isEmpty() ? "without a type" : "of type " + type));
      }
    }
    if (!schema.path("properties").isObject()) {
      throw new IllegalArgumentException("the schema of a form must have properties");
    }
    ObjectNode form = schema.deepCopy();
    form.remove("additionalProperties"); // not among the keywords that forms may use
    for (JsonNode property : form.get("properties")) {
      if (!FORMATS.contains(property.path("format").asText("email"))) {
        ((ObjectNode) property).remove("format");
      }
    }
    return form;
  }

  static Question<Boolean> url(String message, String url, String id) {
    if (!URI.create(url).isAbsolute()) {
      throw new IllegalArgumentException("url must be an absolute URL, was \"" + url + "\"");
    }
    ObjectNode params = Json.object()
        .put("mode", "url")
        .put("message", Objects.requireNonNull(message, "message"))
        .put("url", url)
        .put("elicitationId", Objects.requireNonNull(id, "id"));
    return new Question<>(QuestionKind.URL, METHOD, params, new UrlReader());
  }

  private static void requireAccepted(ObjectNode answer)
      throws InvalidAnswerException, DeclinedException {
    switch (answer.path("action").asText()) {
      case "accept" -> {}
      case "decline" -> throw new DeclinedException(false);
      case "cancel" -> throw new DeclinedException(true);
      default -> throw new InvalidAnswerException("action must be accept, decline or cancel");
    }
  }

  private static final class UrlReader implements Question.AnswerReader<Boolean> {
    @Override
    public Boolean read(ObjectNode answer) throws InvalidAnswerException, DeclinedException {
      requireAccepted(answer);
      return true;
    }
  }

  private abstract static class FormReader<T> implements Question.AnswerReader<T> {

    abstract @Nullable T content(ObjectNode content, Problems problems);

    @Override
    public T read(ObjectNode answer) throws InvalidAnswerException, DeclinedException {
      requireAccepted(answer);
      if (!(answer.get("content") instanceof ObjectNode filled)) {
        throw new InvalidAnswerException("content must be an object");
      }
      Problems problems = new Problems(true);
      T content = content(filled, problems);
      if (content == null || !problems.isEmpty()) {
        throw new InvalidAnswerException(problems.toString());
      }
      return content;
    }
  }
}
