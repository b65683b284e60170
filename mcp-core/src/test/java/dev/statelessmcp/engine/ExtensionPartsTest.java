package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an extension, or a tool that brings one, adds to a server that is built. */
class ExtensionPartsTest {
  private static final String ID = "com.example/pages";

  private static Resource page(String name) {
    return Resource.text("page:///" + name, name, "text/plain", name);
  }

  private static Extension pages(Resource... resources) {
    return Extension.builder(ID).resources(List.of(resources)).build();
  }

  private static Tool tool(String name) {
    return Tool.ofSchema(
        name, "A tool", "{\"type\":\"object\"}", (in, call) -> ToolResult.text(name));
  }

  private static List<String> resources(McpServer server) {
    List<String> names = new ArrayList<>();
    new TestClient(server)
        .result("resources/list", "{}")
        .path("resources")
        .forEach(resource -> names.add(resource.path("name").asText()));
    return names;
  }

  @Test
  void resourcesStandBehindThoseOfTheServer() {
    McpServer server = McpServer.named("n", "1")
        .extension(pages(page("b")))
        .resource(page("a"))
        .build();
    assertEquals(List.of("a", "b"), resources(server));
  }

  @Test
  void aToolBringsItsExtension() {
    McpServer server = McpServer.named("n", "1")
        .tool(tool("t").attribute(Extension.class, pages(page("a"))))
        .build();
    ObjectNode capabilities =
        (ObjectNode) new TestClient(server).result("server/discover", "{}").get("capabilities");
    assertTrue(capabilities.path("extensions").has(ID), capabilities.toString());
    assertEquals(List.of("a"), resources(server));
  }

  @Test
  void severalToolsBringOneExtension() {
    Resource shared = page("shared");
    McpServer server = McpServer.named("n", "1")
        .tool(tool("t").attribute(Extension.class, pages(shared)))
        .tool(tool("u").attribute(Extension.class, pages(shared, page("more"))))
        .tool(tool("v").attribute(String.class, "something else"))
        .build();
    assertEquals(List.of("shared", "more"), resources(server));
  }

  @Test
  void twoResourcesOfOneUriAreRefused() {
    McpServer.Builder server =
        McpServer.named("n", "1").extension(pages(page("a"))).resource(page("a"));
    assertThrows(IllegalArgumentException.class, server::build);
  }

  @Test
  void checksSeeWhatWasAdded() {
    List<String> seen = new ArrayList<>();
    Extension checking = Extension.builder(ID)
        .resources(List.of(page("b")))
        .check((tools, resources) -> {
          tools.forEach(tool -> seen.add(tool.name()));
          resources.forEach(resource -> seen.add(resource.key()));
        })
        .build();
    McpServer.named("n", "1")
        .extension(checking)
        .tool(tool("t"))
        .resource(page("a"))
        .build();
    assertEquals(List.of("t", "page:///a", "page:///b"), seen);
    McpServer.Builder refused = McpServer.named("n", "1")
        .extension(Extension.builder(ID)
            .check((tools, resources) -> {
              throw new IllegalArgumentException("a server without pages");
            })
            .build());
    assertThrows(IllegalArgumentException.class, refused::build);
  }

  @Test
  void methodsForEveryClientNeedNoDeclaration() {
    Extension open = Extension.builder(ID)
        .legacy()
        .forEveryClient()
        .method(
            ExtensionMethod.of("pages/count", (params, call) -> Json.object().put("n", 1)))
        .build();
    TestClient client = new TestClient(McpServer.named("n", "1").extension(open).build());
    assertEquals(1, client.result("pages/count", "{}").path("n").asInt());
  }

  @Test
  void itemsHaveAttributesOnceSomethingIsAttached() {
    assertFalse(tool("t").hasAttributes());
    assertFalse(tool("t").attribute(String.class, null).hasAttributes());
    assertTrue(tool("t").attribute(String.class, "x").title("T").hasAttributes());
  }
}
