package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.statelessmcp.json.Json;
import java.util.List;

/** A validator that has nothing in common with the library, and asserts formats. */
final class IndependentValidator {
  private static final SchemaRegistry REGISTRY =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  private final Schema schema;

  IndependentValidator(JsonNode schema) {
    this.schema = REGISTRY.getSchema(Json.text(schema), InputFormat.JSON);
  }

  List<Error> errors(String json) {
    return schema.validate(
        json,
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  boolean accepts(String json) {
    return errors(json).isEmpty();
  }
}
