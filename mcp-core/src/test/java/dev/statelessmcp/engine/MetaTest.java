package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.content.AudioContent;
import dev.statelessmcp.content.Content;
import dev.statelessmcp.content.EmbeddedResource;
import dev.statelessmcp.content.ImageContent;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.content.ResourceLink;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.protocol.Icon;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** {@code _meta}, icons and visibility, wherever the schema has them. */
class MetaTest {
  private static final ObjectNode META = Json.object().put("example.com/kind", "toy");
  private static final Icon ICON = Icon.of("https://example.com/a.png");

  private static final List<Content> BLOCKS = List.of(
      TextContent.of("x"),
      ImageContent.of(new byte[] {1}, "image/png"),
      AudioContent.of(new byte[] {1}, "audio/wav"),
      ResourceLink.of("r:///1", "r").icons(ICON),
      EmbeddedResource.of(ResourceContents.text("r:///1", null, "x").meta(META)));

  @Test
  void contentBlocksHaveMeta() {
    for (Content block : BLOCKS) {
      assertEquals(
          META, block.meta(META).toJson().get("_meta"), block.getClass().getName());
      assertTrue(block.toJson().path("_meta").isMissingNode());
      assertEquals(META, block.meta(META).meta().orElseThrow());
    }
    assertEquals(META, BLOCKS.get(4).toJson().at("/resource/_meta"));
    assertEquals(1, BLOCKS.get(3).toJson().path("icons").size());
  }

  record Nothing() {}

  record Sum(int sum) {}

  /** A record has no room for metadata, so the call takes it. */
  @Test
  void resultsOfTypedToolsHaveMetaInBothEras() {
    McpServer server = McpServer.named("n", "1")
        .tool(Tool.of("typed", "d", Nothing.class, Sum.class, (in, call) -> {
          call.resultMeta(META);
          return new Sum(3);
        }))
        .tool(Tool.of("plain", "d", Nothing.class, Sum.class, (in, call) -> new Sum(3)))
        .tool(Tool.of("fails", "d", Nothing.class, Sum.class, (in, call) -> {
          call.resultMeta(META);
          throw new ToolException("no");
        }))
        .tool(Tool.of("own", "d", Nothing.class, (in, call) -> {
          call.resultMeta(Json.object().put("example.com/kind", "other"));
          return ToolResult.text("x").meta(META);
        }))
        .build();
    for (TestClient client : List.of(new TestClient(server), new TestClient(server).legacy())) {
      ObjectNode typed = client.result("tools/call", "{'name':'typed'}");
      assertHasMeta(typed);
      assertEquals(3, typed.at("/structuredContent/sum").intValue());
      assertHasMeta(client.result("tools/call", "{'name':'fails'}"));
      assertHasMeta(client.result("tools/call", "{'name':'own'}"));
      assertTrue(client
          .result("tools/call", "{'name':'plain'}")
          .at("/_meta/example.com~1kind")
          .isMissingNode());
    }
    assertEquals("{\"example.com/kind\":\"toy\"}", Json.text(META));
  }

  @Test
  void resultsHaveMetaInBothEras() {
    McpServer server = McpServer.named("n", "1")
        .icons(ICON)
        .tool(Tool.ofSchema(
            "t",
            "d",
            "{\"type\":\"object\"}",
            (in, call) -> ToolResult.text("x").meta(META)))
        .prompt(
            Prompt.of("p", "d", call -> PromptResult.of(PromptMessage.user("x")).meta(META)))
        .resource(Resource.of(
            "r:///1",
            "r",
            call -> ResourceResult.of(
                    ResourceContents.text(call.uri(), null, "x").meta(META))
                .meta(META)))
        .build();
    for (TestClient client : List.of(new TestClient(server), new TestClient(server).legacy())) {
      assertHasMeta(client.result("tools/call", "{'name':'t'}"));
      assertHasMeta(client.result("prompts/get", "{'name':'p'}"));
      ObjectNode read = client.result("resources/read", "{'uri':'r:///1'}");
      assertHasMeta(read);
      assertEquals(META, read.at("/contents/0/_meta"));
    }
    JsonNode info = new TestClient(server)
        .result("server/discover", "{}")
        .at("/_meta/io.modelcontextprotocol~1serverInfo");
    assertEquals(1, info.get("icons").size());
    assertEquals(1, META.size(), "the author's tree must not be changed");
  }

  /** Hosts of MCP Apps look for it there. */
  @Test
  void fixedContentsHaveTheMetaOfTheirResource() {
    McpServer server = McpServer.named("n", "1")
        .resource(Resource.text("r:///text", "t", "text/plain", "x").meta(META))
        .resource(Resource.blob("r:///blob", "b", "image/png", new byte[1]).meta(META))
        .resource(Resource.text("r:///none", "n", "text/plain", "x"))
        .build();
    for (TestClient client : List.of(new TestClient(server), new TestClient(server).legacy())) {
      for (String uri : List.of("r:///text", "r:///blob")) {
        ObjectNode read = client.result("resources/read", "{'uri':'" + uri + "'}");
        assertEquals(META, read.at("/contents/0/_meta"));
      }
      ObjectNode none = client.result("resources/read", "{'uri':'r:///none'}");
      assertFalse(none.at("/contents/0").has("_meta"), none::toString);
      assertEquals(META, client.result("resources/list", "{}").at("/resources/0/_meta"));
    }
  }

  private static void assertHasMeta(JsonNode result) {
    assertEquals("toy", result.at("/_meta/example.com~1kind").textValue(), result::toPrettyString);
  }

  private static final List<Item<?>> ITEMS = List.of(
      Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text("x")),
      Prompt.of("p", "d", call -> PromptResult.of()),
      Resource.text("r:///1", "r", "text/plain", "x"),
      ResourceTemplate.of("r:///{x}", "r", call -> null));

  @Test
  void everyItemHasTheSameOptions() {
    for (Item<?> item : ITEMS) {
      Item<?> full = item.title("T").icons(ICON).meta(META).attribute(String.class, "mine");
      assertEquals("T", full.toJson().get("title").textValue());
      assertEquals(1, full.toJson().get("icons").size());
      assertEquals(META, full.toJson().get("_meta"));
      assertEquals("mine", full.attribute(String.class).orElseThrow());
      assertTrue(item.toJson().path("title").isMissingNode(), "the original must not change");
      assertEquals(item.key(), full.key());
    }
  }

  /** Without a rule an item is visible to all, so a missing rule must not pass for one. */
  @Test
  void ruleThatIsMissingIsRefused() {
    for (Item<?> item : ITEMS) {
      Predicate<Caller> none = null;
      NullPointerException e = assertThrows(NullPointerException.class, () -> item.visibleTo(none));
      assertEquals("rule", e.getMessage());
      assertTrue(item.visibleTo(caller -> false).isRestricted());
      assertTrue(item.visibleTo(caller -> true).isVisibleTo(Caller.ANONYMOUS));
    }
  }

  @Test
  void extensionChangesATool() {
    Tool tool = (Tool) ITEMS.get(0);
    assertEquals("new", tool.apply(t -> t.title("new")).toJson().get("title").textValue());
  }
}
