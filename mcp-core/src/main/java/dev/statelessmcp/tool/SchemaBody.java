package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.Problems;
import dev.statelessmcp.binding.SchemaValidator;
import org.jspecify.annotations.Nullable;

/** A tool whose schemas are written by hand. */
final class SchemaBody implements ToolBody {
  private final ObjectNode inputSchema;
  private final @Nullable ObjectNode outputSchema;
  private final SchemaValidator input;
  private final @Nullable SchemaValidator output;
  private final ToolHandler<ObjectNode, ToolResult> handler;

  SchemaBody(
      ObjectNode inputSchema,
      @Nullable ObjectNode outputSchema,
      ToolHandler<ObjectNode, ToolResult> handler) {
    this.inputSchema = inputSchema;
    this.outputSchema = outputSchema;
    this.input = new SchemaValidator(inputSchema);
    this.output = outputSchema == null ? null : new SchemaValidator(outputSchema, true);
    this.handler = handler;
  }

  SchemaBody withOutput(ObjectNode schema) {
    return new SchemaBody(inputSchema, schema, handler);
  }

  @Override
  public ObjectNode inputSchema() {
    return inputSchema.deepCopy();
  }

  @Override
  public @Nullable ObjectNode outputSchema() {
    return outputSchema == null ? null : outputSchema.deepCopy();
  }

  @Override
  public @Nullable ToolResult run(ObjectNode arguments, ToolCall call, Problems problems)
      throws Exception {
    input.check(arguments, "arguments", problems);
    if (!problems.isEmpty()) {
      return null;
    }
    ToolResult result = handler.handle(arguments, call);
    if (result == null) {
      throw new IllegalStateException("the handler returned null");
    }
    if (output != null && !result.isError()) {
      checkOutput(output, result);
    }
    return result;
  }

  /**
   * "Servers MUST provide structured results that conform to this schema": a result that does not
   * is an internal error, because a client trusts the schema.
   */
  private static void checkOutput(SchemaValidator output, ToolResult result) {
    JsonNode content = result.structuredContent().orElse(null);
    if (content == null) {
      throw new IllegalStateException(
          "the tool has an output schema, but its result has no structuredContent");
    }
    Problems problems = new Problems(false);
    output.check(content, "structuredContent", problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("the answer violates the output schema: " + problems);
    }
  }
}
