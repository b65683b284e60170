package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.Problems;
import dev.statelessmcp.binding.SchemaValidator;
import dev.statelessmcp.json.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The output schemas in the list of tools. Thread-safe.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/tools#output-schema">"If
 *     an output schema is provided: Servers MUST provide structured results that conform to this
 *     schema"</a>
 */
final class OutputSchemas {
  private final Map<String, Optional<SchemaValidator>> byTool = new HashMap<>(); // guarded by this

  /** Stores the schemas of the list. */
  synchronized void learn(List<ObjectNode> tools) {
    for (ObjectNode tool : tools) {
      byTool.put(
          tool.path("name").asText(),
          tool.get("outputSchema") instanceof ObjectNode schema
              ? Optional.of(new SchemaValidator(schema))
              : Optional.empty());
    }
  }

  synchronized boolean knows(String tool) {
    return byTool.containsKey(tool);
  }

  /** Whether the schema of a tool, if it has one, accepts structured content. */
  boolean accepts(String tool, JsonNode content) {
    ObjectNode result = Json.object();
    result.set("structuredContent", content);
    return problems(tool, result).isEmpty();
  }

  /** The problems of a tool's result; empty if no schema is known. */
  synchronized List<String> problems(String tool, JsonNode result) {
    SchemaValidator validator = byTool.getOrDefault(tool, Optional.empty()).orElse(null);
    if (validator == null) {
      return List.of();
    }
    JsonNode content = result.path("structuredContent");
    if (content.isMissingNode()) {
      return List.of("structuredContent is required by the output schema");
    }
    Problems problems = new Problems(false);
    validator.check(content, "structuredContent", problems);
    return problems.isEmpty() ? List.of() : List.of(problems.toString());
  }
}
