package dev.statelessmcp.examples.echo;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.statelessmcp.schema.Description;
import dev.statelessmcp.schema.Range;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;

/** The snippets of docs/tools.md on types. */
final class TypeSnippets {

  private TypeSnippets() {}

  sealed interface Shape permits Circle, Square {}

  record Circle(@Range(min = 0) double radius) implements Shape {}

  record Square(double side) implements Shape {}

  record Drawing(@Description("what to draw") Shape shape) {}

  static Tool draw() {
    return Tool.of(
        "draw",
        "Draws a shape",
        Drawing.class,
        (drawing, call) ->
            ToolResult.text(drawing.shape() instanceof Circle ? "round" : "with corners"));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @JsonSubTypes.Type(value = Dog.class, name = "dog"),
    @JsonSubTypes.Type(value = Cat.class, name = "cat")
  })
  sealed interface Pet permits Dog, Cat {}

  record Dog(String name) implements Pet {}

  record Cat(int lives) implements Pet {}

  record Folder(String name, List<Folder> folders) {}

  static Tool copy() {
    return Tool.of("copy", "Copies a folder", Folder.class, Folder.class, (in, call) -> in)
        .flatSchema(); // for clients that refuse $ref
  }
}
