package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.EvaluationContext;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.InvalidSchemaException;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.JsonSchemaException;
import dev.harrel.jsonschema.SchemaParsingContext;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import dev.statelessmcp.json.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Checks values against a JSON Schema that is written by hand. Supports 2020-12 (the default) and,
 * if {@code $schema} names them, 2019-09, draft-07, draft-06 and draft-04. Immutable and
 * thread-safe.
 *
 * <p>Cold start: only this class uses the validator library, which has about 300 classes. A server
 * with only typed tools never loads it.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic#json-schema-usage">JSON
 *     Schema Usage</a>
 */
public final class SchemaValidator { // cold start
  /** The base URI of a schema without {@code $id}; a URN, from which nothing can be fetched. */
  private static final URI ROOT = URI.create("urn:stateless-mcp:schema");

  /** Keywords whose value is data and not a schema. */
  private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

  /** Keywords whose value maps names to schemas; the names are not keywords. */
  private static final Set<String> NAMED =
      Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas");

  /** Cold start: the factory of the library creates an ObjectMapper. */
  private static final JsonNodeFactory NODES = new JsonNodeFactory() {
    @Override
    public dev.harrel.jsonschema.JsonNode wrap(Object node) {
      return node instanceof dev.harrel.jsonschema.JsonNode wrapped
          ? wrapped
          : new JacksonNode((JsonNode) node);
    }

    @Override
    public dev.harrel.jsonschema.JsonNode create(String json) {
      return new JacksonNode(Json.parse(json));
    }
  };

  private final Validator validator;
  private final String idKeyword;
  private final URI schema;

  /**
   * Compiles a schema. Nothing is fetched from the network.
   *
   * @param schema the schema; not null, must not be changed afterwards
   * @throws IllegalArgumentException if the schema is not valid in its dialect, the dialect is not
   *     supported, or the target of a {@code $ref} is missing
   */
  public SchemaValidator(ObjectNode schema) {
    this(schema, false);
  }

  /**
   * Compiles a schema. Nothing is fetched from the network.
   *
   * @param schema the schema; not null, must not be changed afterwards
   * @param assertsFormats true to assert {@code format}, as clients do for answers; false to treat
   *     it as an annotation
   * @throws IllegalArgumentException if the schema is not valid in its dialect, the dialect is not
   *     supported, or the target of a {@code $ref} is missing
   */
  public SchemaValidator(ObjectNode schema, boolean assertsFormats) {
    idKeyword = schema.path("$schema").asText().contains("draft-04") ? "id" : "$id";
    ValidatorFactory factory = new ValidatorFactory()
        .withDefaultDialect(new Dialects.Draft2020Dialect())
        .withJsonNodeFactory(NODES);
    if (assertsFormats) {
      factory.withEvaluatorFactory(new FormatAssertion());
    }
    validator = factory.createValidator();
    try {
      this.schema = validator.registerSchema(ROOT, schema);
      checkReferences(schema, ROOT, "");
      validator.validate(this.schema, Json.object());
    } catch (InvalidSchemaException e) {
      throw new IllegalArgumentException("the schema is not valid: " + first(e.getErrors()), e);
    } catch (JsonSchemaException e) {
      throw new IllegalArgumentException("the schema cannot be used: " + e.getMessage(), e);
    } catch (StackOverflowError e) {
      throw new IllegalArgumentException("the schema refers to itself endlessly", e);
    }
  }

  private static String first(List<Error> errors) {
    if (errors.isEmpty()) {
      return "it violates its meta-schema";
    }
    Error error = errors.get(0);
    return "at \"" + error.getInstanceLocation() + "\": " + error.getError();
  }

  private void checkReferences(JsonNode node, URI base, String pointer) {
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        checkReferences(node.get(i), base, pointer + "/" + i);
      }
    }
    if (!node.isObject()) {
      return;
    }
    String id = node.path(idKeyword).textValue();
    // An id that is only a fragment is an anchor (draft-07) and does not change the base
    URI here = id == null || id.startsWith("#") ? base : resolve(base, id, pointer);
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      String name = member.getKey();
      JsonNode value = member.getValue();
      if (name.equals("pattern") && value.isTextual()) {
        checkPattern(value.textValue(), pointer);
      } else if (NAMED.contains(name) && value.isObject()) {
        for (Map.Entry<String, JsonNode> named : value.properties()) {
          if (name.equals("patternProperties")) {
            checkPattern(named.getKey(), pointer);
          }
          checkReferences(named.getValue(), here, pointer + "/" + name + "/" + named.getKey());
        }
      } else if ((name.equals("$ref") || name.equals("$dynamicRef")) && value.isTextual()) {
        checkReference(resolve(here, value.textValue(), pointer), value.textValue(), pointer);
      } else if (!DATA.contains(name) && !name.startsWith("x-")) {
        checkReferences(value, here, pointer + "/" + name);
      }
    }
  }

  /** Checks a pattern, because the library accepts all values if it cannot compile the pattern. */
  private static void checkPattern(String pattern, String pointer) {
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "the schema's pattern at \"" + pointer + "\" cannot be used: " + e.getDescription(), e);
    }
  }

  private static URI resolve(URI base, String reference, String pointer) {
    try {
      // URI.resolve returns only the reference if the base is opaque, as a URN is
      return reference.startsWith("#") && base.isOpaque()
          ? URI.create(base + reference)
          : base.resolve(reference);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the schema is not valid: \"" + reference + "\" at \"" + pointer + "\" must be a URI", e);
    }
  }

  /**
   * Checks that a reference has a target by validating a value against it alone. The library
   * resolves references only when it evaluates them, which could first happen in a call.
   */
  private void checkReference(URI target, String reference, String pointer) {
    URI probe = URI.create(ROOT + ":probe:" + Integer.toHexString(pointer.hashCode()));
    ObjectNode schema = Json.object().put("$ref", target.toString());
    Validator.Result result =
        validator.validate(validator.registerSchema(probe, schema), Json.NODES.nullNode());
    for (Error error : result.getErrors()) {
      if ("/$ref".equals(error.getEvaluationPath()) && "$ref".equals(error.getKeyword())) {
        throw new IllegalArgumentException("the schema's $ref \""
            + reference
            + "\" at \""
            + pointer
            + "\" must have its target in the schema itself");
      }
    }
  }

  /**
   * Checks a value.
   *
   * @param value the value; not null
   * @param place the place of the value in messages, such as {@code arguments}; not null
   * @param problems collects the problems; not null
   */
  public void check(JsonNode value, String place, Problems problems) {
    Validator.Result result = validator.validate(schema, value);
    if (result.isValid()) {
      return;
    }
    for (Error error : result.getErrors()) {
      String where = place(place, error.getInstanceLocation());
      String keyword = error.getKeyword() == null ? "" : error.getKeyword();
      if (keyword.equals("required")) {
        for (String name : listed(error.getError())) {
          problems.add(where + "." + name, "is required");
        }
      } else if (keyword.isEmpty()) { // the schema "false"
        problems.add(where, "is not allowed");
      } else {
        problems.add(where, "is not valid: " + error.getError() + " (" + keyword + ")");
      }
    }
  }

  /** Converts the pointer /a/0/b~1c to arguments.a[0].b/c, the form that typed tools use. */
  private static String place(String root, String pointer) {
    StringBuilder place = new StringBuilder(root);
    for (String step : pointer.split("/", -1)) {
      if (step.isEmpty()) {
        continue;
      }
      if (step.chars().allMatch(c -> c >= '0' && c <= '9')) {
        place.append('[').append(step).append(']');
      } else {
        place.append('.').append(step.replace("~1", "/").replace("~0", "~"));
      }
    }
    return place.toString();
  }

  /** The names in a message of the library that ends with {@code [[a, b]]}. */
  private static List<String> listed(String message) {
    int start = message.lastIndexOf("[[");
    int end = message.lastIndexOf("]]");
    List<String> names = new ArrayList<>();
    if (start >= 0 && end > start) {
      for (String name : message.substring(start + 2, end).split(", ", -1)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Makes {@code format} an assertion. That of the validator library needs further libraries. */
  private static final class FormatAssertion implements EvaluatorFactory {

    @Override
    public Optional<Evaluator> create(
        SchemaParsingContext context, String keyword, dev.harrel.jsonschema.JsonNode value) {
      return keyword.equals("format") && value.isString()
          ? Optional.of(new FormatEvaluator(value.asString()))
          : Optional.empty();
    }

    private record FormatEvaluator(String format) implements Evaluator {
      @Override
      public Result evaluate(EvaluationContext context, dev.harrel.jsonschema.JsonNode node) {
        return node.isString() && !Formats.isValid(format, node.asString())
            ? Result.failure("must have the format " + format)
            : Result.success();
      }
    }
  }
}
