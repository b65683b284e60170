package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Page;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The entity tags of lists: what they depend on, and what they do not. */
class ListEtagTest {
  private static final String KEY = "dev.statelessmcp/etag";
  private static final Caller ADMIN = Caller.of("root", "admin");

  private static Tool tool(String name, String description) {
    return Tool.ofSchema(
        name, description, "{\"type\":\"object\"}", (in, call) -> ToolResult.text(name));
  }

  private static McpServer.Builder server() {
    return McpServer.named("n", "1").listEtags();
  }

  private static String etag(ObjectNode result) {
    String tag = result.path("_meta").path(KEY).textValue();
    assertTrue(tag != null && tag.matches("\"[A-Za-z0-9_-]{43}\""), result::toPrettyString);
    return tag;
  }

  private static String etag(TestClient client) {
    return etag(client.result("tools/list", "{}"));
  }

  private static String etag(McpServer.Builder server) {
    return etag(new TestClient(server.build()));
  }

  @Test
  void everyListHasOneAndNothingElse() {
    McpServer server = server()
        .tool(tool("a", "A"))
        .prompt(Prompt.of("p", "P", call -> PromptResult.of(PromptMessage.user("hi"))))
        .resource(Resource.text("r:///1", "r", "text/plain", "text"))
        .resourceTemplate(ResourceTemplate.of("t:///{x}", "t", call -> null))
        .build();
    for (TestClient client : List.of(new TestClient(server), new TestClient(server).legacy())) {
      for (String list : List.of("tools", "prompts", "resources", "resources/templates")) {
        etag(client.result(list + "/list", "{}"));
      }
      assertFalse(
          client.result("resources/read", "{'uri':'r:///1'}").path("_meta").has(KEY));
      assertFalse(client.result("tools/call", "{'name':'a'}").path("_meta").has(KEY));
    }
    ObjectNode discovered = new TestClient(server).result("server/discover", "{}");
    assertFalse(discovered.path("_meta").has(KEY));
  }

  @Test
  void thereAreNoneByDefault() {
    McpServer server = McpServer.named("n", "1").tool(tool("a", "A")).build();
    assertFalse(new TestClient(server).result("tools/list", "{}").path("_meta").has(KEY));
    assertFalse(new TestClient(server).legacy().result("tools/list", "{}").has("_meta"));
  }

  @Test
  void theSameItemsHaveTheSameTag() {
    String tag = etag(server().tool(tool("a", "A")).tool(tool("b", "B")));
    TestClient client =
        new TestClient(server().tool(tool("a", "A")).tool(tool("b", "B")).build());
    assertEquals(tag, etag(client));
    assertEquals(tag, etag(client));
    assertEquals(tag, etag(client.legacy()));
  }

  @Test
  void whatIsNotOfTheItemsDoesNotMatter() {
    assertEquals(
        etag(server().tool(tool("a", "A"))),
        etag(McpServer.named("other", "2")
            .title("Other")
            .listEtags()
            .cache("tools/list", CacheHint.publicly(Duration.ofHours(1)))
            .tool(tool("a", "A"))));
  }

  @Test
  void anyChangeOfTheItemsChangesIt() {
    List<String> tags = List.of(
        etag(server().tool(tool("a", "A")).tool(tool("b", "B"))),
        etag(server().tool(tool("b", "B")).tool(tool("a", "A"))),
        etag(server().tool(tool("a", "A")).tool(tool("b", "C"))),
        etag(server().tool(tool("a", "A")).tool(tool("b", "B").title("B"))),
        etag(server().tool(tool("a", "A"))),
        etag(server().tool(tool("a", "A")).tool(tool("b", "B")).pageSize(1)));
    assertEquals(tags.size(), tags.stream().distinct().count(), tags::toString);
  }

  @Test
  void itIsOfThisPage() {
    TestClient client = new TestClient(
        server().pageSize(1).tool(tool("a", "A")).tool(tool("b", "B")).build());
    ObjectNode first = client.result("tools/list", "{}");
    ObjectNode second =
        client.result("tools/list", "{'cursor':'" + first.get("nextCursor").textValue() + "'}");
    assertNotEquals(etag(first), etag(second));
    assertEquals(etag(server().tool(tool("b", "B"))), etag(second));
  }

  /** The legacy era wraps what is not an object, so the items are others there. */
  @Test
  void itIsOfTheItemsAsTheEraHasThem() {
    Tool numbers = tool("a", "A").outputSchema("{\"type\":\"integer\"}");
    TestClient client = new TestClient(server().tool(numbers).build());
    String modern = etag(client);
    assertNotEquals(modern, etag(client.legacy()));
    assertEquals(etag(client), etag(client));
  }

  @Test
  void itIsOfWhatTheCallerSees() {
    McpServer server = server()
        .tool(tool("a", "A"))
        .tool(tool("b", "B").visibleTo(caller -> caller.scopes().contains("admin")))
        .build();
    String few = etag(new TestClient(server));
    String all = etag(new TestClient(server).caller(ADMIN));
    assertEquals(etag(server().tool(tool("a", "A"))), few);
    assertEquals(etag(server().tool(tool("a", "A")).tool(tool("b", "B"))), all);
    assertEquals(few, etag(new TestClient(server)));
  }

  @Test
  void itemsThatACatalogueCreatesAnewHaveTheSameTag() {
    Catalog<Tool> catalog = new Catalog<>() {
      @Override
      public Optional<Page<Tool>> list(Caller caller, @Nullable String after, int limit) {
        return Optional.of(new Page<>(List.of(tool("a", "A")), false));
      }

      @Override
      public Optional<Tool> find(String key, Caller caller) {
        return Optional.of(tool("a", "A"));
      }
    };
    McpServer.Builder server = server().tools(catalog);
    assertEquals(etag(server().tool(tool("a", "A"))), etag(server));
    assertEquals(etag(server), etag(server));
  }

  /** Whether an interceptor makes a new result or changes this one. */
  @Test
  void itIsOfWhatInterceptorsLeave() {
    String without = etag(server().tool(tool("a", "A")));
    McpServer.Builder inPlace = server()
        .tool(tool("a", "A"))
        .tool(tool("b", "B"))
        .interceptor((operation, next) -> {
          ObjectNode result = next.call();
          result.withArrayProperty("tools").remove(1);
          return result;
        });
    assertEquals(without, etag(inPlace));
    McpServer.Builder copied = server()
        .tool(tool("a", "A"))
        .tool(tool("b", "B"))
        .interceptor((operation, next) -> {
          ObjectNode result = next.call().deepCopy();
          result.withArrayProperty("tools").remove(1);
          return result;
        });
    assertEquals(without, etag(copied));
  }

  @Test
  void observersSeeIt() {
    List<String> seen = new ArrayList<>();
    McpServer.Builder server = server()
        .tool(tool("a", "A"))
        .observer(operation -> (result, failure) -> seen.add(etag(result)));
    assertEquals(List.of(etag(server)), seen);
  }
}
