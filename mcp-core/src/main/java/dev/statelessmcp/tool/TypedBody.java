package dev.statelessmcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.binding.JsonType;
import dev.statelessmcp.binding.Problems;
import org.jspecify.annotations.Nullable;

/**
 * A tool that takes a record, and returns a result or another record.
 *
 * @param <I> the arguments
 * @param <O> the answer: a {@link ToolResult} if {@code output} is null
 */
record TypedBody<I, O>(JsonType<I> input, @Nullable JsonType<O> output, ToolHandler<I, O> handler)
    implements ToolBody {

  @Override
  public ObjectNode inputSchema() {
    return input.schema();
  }

  @Override
  public @Nullable ObjectNode outputSchema() {
    return output == null ? null : output.schema();
  }

  @Override
  public @Nullable ToolResult run(ObjectNode arguments, ToolCall call, Problems problems)
      throws Exception {
    I read = input.read(arguments, "arguments", problems);
    if (read == null || !problems.isEmpty()) {
      return null;
    }
    O answer = handler.handle(read, call);
    if (answer == null) {
      throw new IllegalStateException("the handler returned null");
    }
    return output == null ? (ToolResult) answer : ToolResult.structured(output.write(answer));
  }
}
