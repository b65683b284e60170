package dev.statelessmcp.examples.conformance;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.resource.ReadCall;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import java.util.List;

/** Resources with text, with bytes, with subscriptions and with a template. */
final class Resources {

  private Resources() {}

  static List<Resource> all() {
    return List.of(
        Resource.text(
                "test://static-text",
                "static-text",
                "text/plain",
                "This is the content of the static text resource.")
            .description("A text that is always the same"),
        Resource.blob("test://static-binary", "static-binary", "image/png", Samples.png())
            .description("An image that is always the same"),
        Resource.text(
                "test://watched-resource",
                "watched-resource",
                "text/plain",
                "This is the content of the watched resource.")
            .description("A text that can be subscribed to"));
  }

  static List<ResourceTemplate> templates() {
    return List.of(
        ResourceTemplate.of("test://template/{id}/data", "template", Resources::data)
            .description("The data of an id")
            .mimeType("application/json"),
        ResourceTemplate.of("test://texts/{name}", "text", Resources::text)
            .description("A text with a name")
            .mimeType("text/plain"));
  }

  private static ResourceResult text(ReadCall call) {
    return ResourceResult.of(
        ResourceContents.text(call.uri(), "text/plain", "Text: " + call.variable("name")));
  }

  private static ResourceResult data(ReadCall call) {
    String id = call.variable("id");
    ObjectNode data =
        Json.object().put("id", id).put("templateTest", true).put("data", "Data for ID: " + id);
    return ResourceResult.of(
        ResourceContents.text(call.uri(), "application/json", Json.text(data)));
  }
}
