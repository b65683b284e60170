package dev.statelessmcp.annotation;

import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.schema.Description;

/**
 * Methods in the order of their names. It is a separate file, so that another class loader can load
 * it.
 */
class Sorted {
  @McpTool(description = "a", title = "A", openWorldHint = false)
  String a(@Description("d") String text, int number) {
    return text + number;
  }

  @McpTool(description = "b", asks = QuestionKind.FORM)
  void b() {}
}
