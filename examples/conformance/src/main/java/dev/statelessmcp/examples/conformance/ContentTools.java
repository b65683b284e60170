package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.content.AudioContent;
import dev.statelessmcp.content.EmbeddedResource;
import dev.statelessmcp.content.ImageContent;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolAnnotations;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;

/** Tools that return each kind of content. */
final class ContentTools {

  private ContentTools() {}

  static List<Tool> all() {
    return List.of(
        tool(
            "test_simple_text",
            "Returns a text",
            ToolResult.text("This is a simple text response for testing.")),
        tool(
            "test_image_content",
            "Returns an image",
            ToolResult.of(ImageContent.of(Samples.png(), "image/png"))),
        tool(
            "test_audio_content",
            "Returns a sound",
            ToolResult.of(AudioContent.of(Samples.wav(), "audio/wav"))),
        tool(
            "test_embedded_resource",
            "Returns a resource with its contents",
            ToolResult.of(resource(
                "test://embedded-resource",
                "text/plain",
                "This is an embedded resource content."))),
        tool(
            "test_multiple_content_types",
            "Returns a text, an image and a resource",
            ToolResult.of(
                TextContent.of("Multiple content types test:"),
                ImageContent.of(Samples.png(), "image/png"),
                resource(
                    "test://mixed-content-resource",
                    "application/json",
                    "{\"test\":\"data\",\"value\":123}"))),
        Tool.of("test_error_handling", "Fails", NoArguments.class, (none, call) -> {
          throw new ToolException("This tool intentionally returns an error for testing");
        }));
  }

  private static Tool tool(String name, String description, ToolResult result) {
    return Tool.of(name, description, NoArguments.class, (none, call) -> result)
        .annotations(ToolAnnotations.READ_ONLY);
  }

  private static EmbeddedResource resource(String uri, String mimeType, String text) {
    return EmbeddedResource.of(ResourceContents.text(uri, mimeType, text));
  }
}
