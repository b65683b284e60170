package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.Problems;
import dev.statelessmcp.binding.SchemaValidator;

/** A tool whose schemas are written by hand. */
final class SchemaBody implements ToolBody {
  private final ObjectNode inputSchema;
  private final ObjectNode outputSchema;
  private final SchemaValidator input;
  private final SchemaValidator output;
  private final ToolHandler<ObjectNode, ToolResult> handler;

  SchemaBody(
      ObjectNode inputSchema,
      ObjectNode outputSchema,
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
  public ObjectNode outputSchema() {
    return outputSchema == null ? null : outputSchema.deepCopy();
  }

  @Override
  public ToolResult run(ObjectNode arguments, ToolCall call, Problems problems) throws Exception {
    input.check(arguments, "arguments", problems);
    if (!problems.isEmpty()) {
      return null;
    }
    ToolResult result = handler.handle(arguments, call);
    if (result == null) {
      throw new IllegalStateException("the handler returned null");
    }
    if (output != null && !result.isError()) {
      checkOutput(result);
    }
    return result;
  }

  /**
   * "Servers MUST provide structured results that conform to this schema": one that does not is our
   * failure, and must not reach a client that trusts the schema.
   */
  private void checkOutput(ToolResult result) {
    if (result.structuredContent() == null) {
      throw new IllegalStateException(
          "the tool has an output schema, but returned no such content");
    }
    Problems problems = new Problems(false);
    output.check(result.structuredContent(), "structuredContent", problems);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("the answer violates the output schema: " + problems);
    }
  }
}
