package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Page;
import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What callers may see and use by their scopes, whatever it is. */
class ScopesTest {
  private static final Caller NOBODY = Caller.of("nobody");
  private static final Caller WRITER = Caller.of("writer", "files:write");
  private static final Caller BOTH = Caller.of("both", "files:write", "files:read");
  private static final Caller ADMIN = Caller.of("root", "admin");

  private static Tool tool(String name) {
    return Tool.ofSchema(name, "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text(name));
  }

  private static ResourceResult result(String text) {
    return ResourceResult.of(ResourceContents.text("test://one", "text/plain", text));
  }

  private static McpServer.Builder server() {
    return McpServer.named("n", "1")
        .changes(ChangeFeed.inProcess())
        .scopeHierarchy((granted, required) -> granted.equals("admin"))
        .tool(tool("open"))
        .tool(tool("write").requires("files:write", "files:read"))
        .prompt(Prompt.of("summary", "d", call -> PromptResult.of(PromptMessage.user("go")))
            .requires("files:write", "files:read")
            .optionalArgument("of", "d")
            .complete("of", (value, others, call) -> Completion.of(List.of("one"))))
        .resource(Resource.of("test://one", "one", call -> result("1"))
            .requires("files:write", "files:read"))
        .resourceTemplate(ResourceTemplate.of("test://many/{id}", "many", call -> result("n"))
            .requires("files:write", "files:read")
            .complete("id", (value, others, call) -> Completion.of(List.of("one"))));
  }

  /** Each use of what requires scopes. */
  private static final String[] USES = {
    "tools/call {'name':'write'}",
    "prompts/get {'name':'summary'}",
    "resources/read {'uri':'test://one'}",
    "resources/read {'uri':'test://many/7'}",
    "completion/complete {'ref':{'type':'ref/prompt','name':'summary'},"
        + "'argument':{'name':'of','value':''}}",
    "completion/complete {'ref':{'type':'ref/resource','uri':'test://many/{id}'},"
        + "'argument':{'name':'id','value':''}}",
  };

  private static JsonNode use(TestClient client, String use) {
    int space = use.indexOf(' ');
    return client.send(use.substring(0, space), use.substring(space + 1));
  }

  private static List<String> keys(TestClient client, String method, String list, String key) {
    List<String> keys = new ArrayList<>();
    client.result(method, "{}").get(list).forEach(item -> keys.add(item.get(key).textValue()));
    return keys;
  }

  @Test
  void handlerMayRequireScopesThatDependOnTheArguments() {
    McpServer server = McpServer.named("n", "1")
        .scopeHierarchy((granted, required) -> granted.equals("admin"))
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> {
          call.requireScopes(List.of("read:" + in.path("of").asText(), "files:read"));
          return ToolResult.text("read");
        }))
        .build();
    String call = "{'arguments':{'of':'a'}}";
    for (Caller caller : List.of(Caller.ANONYMOUS, BOTH, Caller.of("other", "read:a"))) {
      JsonNode error = new TestClient(server)
          .caller(caller)
          .send("tools/call", "{'name':'t','arguments':{'of':'a'}}")
          .path("error");
      assertEquals(ErrorCode.INSUFFICIENT_SCOPE, error.path("code").asInt());
      assertEquals(
          "[\"read:a\",\"files:read\"]",
          error.path("data").path("requiredScopes").toString());
    }
    for (Caller caller : List.of(ADMIN, Caller.of("reader", "read:a", "files:read"))) {
      assertEquals("read", new TestClient(server).caller(caller).text("t", call));
    }
  }

  @Test
  void missingScopeIsAnsweredWithAllRequiredScopes() {
    McpServer server = server().build();
    for (String use : USES) {
      for (boolean legacy : new boolean[] {false, true}) {
        for (Caller caller : List.of(NOBODY, WRITER, Caller.ANONYMOUS)) {
          TestClient client = new TestClient(server).caller(caller);
          JsonNode error = use(legacy ? client.legacy() : client, use).path("error");
          assertEquals(ErrorCode.INSUFFICIENT_SCOPE, error.path("code").asInt(), use);
          assertEquals(
              "[\"files:write\",\"files:read\"]",
              error.path("data").path("requiredScopes").toString(),
              use);
        }
      }
    }
  }

  @Test
  void callerWithTheScopesOrABroaderOneMayUseIt() {
    McpServer server = server().build();
    for (String use : USES) {
      for (Caller caller : List.of(BOTH, ADMIN)) {
        JsonNode answer = use(new TestClient(server).caller(caller), use);
        assertTrue(answer.has("result"), () -> use + Json.text(answer));
      }
    }
  }

  @Test
  void withoutARuleAScopeImpliesNoOther() {
    McpServer server =
        McpServer.named("n", "1").tool(tool("write").requires("files:write")).build();
    assertEquals(403, new TestClient(server).caller(ADMIN).code("tools/call", "{'name':'write'}"));
  }

  @Test
  void itemsWithScopesAreShownByDefault() {
    TestClient client = new TestClient(server().build()).caller(NOBODY);
    assertEquals(List.of("open", "write"), keys(client, "tools/list", "tools", "name"));
    assertEquals(List.of("summary"), keys(client, "prompts/list", "prompts", "name"));
    assertEquals(List.of("test://one"), keys(client, "resources/list", "resources", "uri"));
  }

  @Test
  void aServerHidesIt() {
    McpServer server = server().hideWithoutScopes().build();
    TestClient client = new TestClient(server).caller(NOBODY);
    assertEquals(List.of("open"), keys(client, "tools/list", "tools", "name"));
    assertEquals(List.of(), keys(client, "prompts/list", "prompts", "name"));
    assertEquals(List.of(), keys(client, "resources/list", "resources", "uri"));
    assertEquals(
        List.of(), keys(client, "resources/templates/list", "resourceTemplates", "uriTemplate"));
    for (String use : USES) {
      JsonNode error = use(client, use).path("error");
      assertEquals(ErrorCode.INVALID_PARAMS, error.path("code").asInt(), use);
      assertFalse(error.toString().contains("files:"), error::toString);
    }
    TestClient admin = new TestClient(server).caller(ADMIN);
    assertEquals(List.of("open", "write"), keys(admin, "tools/list", "tools", "name"));
  }

  @Test
  void anItemSaysOtherwise() {
    McpServer shown = McpServer.named("n", "1")
        .hideWithoutScopes()
        .tool(tool("a").requires("s").hideWithoutScopes(false))
        .tool(tool("b").requires("s"))
        .build();
    assertEquals(List.of("a"), keys(new TestClient(shown), "tools/list", "tools", "name"));
    assertEquals(403, new TestClient(shown).code("tools/call", "{'name':'a'}"));
    McpServer hidden = McpServer.named("n", "1")
        .tool(tool("a").requires("s").hideWithoutScopes(true))
        .tool(tool("b").requires("s"))
        .build();
    assertEquals(List.of("b"), keys(new TestClient(hidden), "tools/list", "tools", "name"));
    assertEquals(-32602, new TestClient(hidden).code("tools/call", "{'name':'a'}"));
  }

  @Test
  void aSubscriptionNeedsTheScopesOfAllItsResources() {
    McpServer server = McpServer.named("n", "1")
        .changes(ChangeFeed.inProcess())
        .resource(Resource.of("test://1", "one", call -> result("1")).requires("a"))
        .resource(Resource.of("test://2", "two", call -> result("2")).requires("b"))
        .build();
    JsonNode error = new TestClient(server)
        .live()
        .send(
            "subscriptions/listen",
            "{'notifications':{'resourceSubscriptions':['test://1','test://2']}}")
        .path("error");
    assertEquals(403, error.path("code").asInt());
    assertEquals("[\"a\",\"b\"]", error.path("data").path("requiredScopes").toString());
    TestConnection connection = new TestConnection();
    assertEquals(
        403,
        new TestClient(server)
            .legacy(connection)
            .code("resources/subscribe", "{'uri':'test://1'}"));
  }

  /** Some of a user's own catalogue is hidden: pages stay full, and no cursor names what is. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 9})
  void aCatalogueOfTheUserFollowsTheSameRule(int pageSize) {
    McpServer server = McpServer.named("n", "1")
        .pageSize(pageSize)
        .hideWithoutScopes()
        .tools(new Numbered())
        .build();
    List<String> names = new ArrayList<>();
    String cursor = null;
    int pages = 0;
    do {
      JsonNode page = new TestClient(server)
          .result("tools/list", cursor == null ? "{}" : "{'cursor':'" + cursor + "'}");
      page.get("tools").forEach(tool -> names.add(tool.get("name").textValue()));
      cursor = page.path("nextCursor").textValue();
      pages++;
      assertTrue(pages < 20);
    } while (cursor != null);
    assertEquals(List.of("t0", "t3", "t6"), names);
    assertEquals(-32602, new TestClient(server).code("tools/call", "{'name':'t1'}"));
    TestClient allowed = new TestClient(server).caller(Caller.of("x", "s"));
    assertEquals(pageSize, allowed.result("tools/list", "{}").get("tools").size());
  }

  /** Two of three need a scope. */
  private static final class Numbered implements Catalog<Tool> {
    private static Tool at(int i) {
      return i % 3 == 0 ? tool("t" + i) : tool("t" + i).requires("s");
    }

    @Override
    public Optional<Page<Tool>> list(Caller caller, @Nullable String after, int limit) {
      int begin = after == null ? 0 : Integer.parseInt(after.substring(1)) + 1;
      List<Tool> page = new ArrayList<>();
      for (int i = begin; i < 9 && page.size() < limit; i++) {
        page.add(at(i));
      }
      return Optional.of(new Page<>(page, begin + page.size() < 9));
    }

    @Override
    public Optional<Tool> find(String key, Caller caller) {
      return Optional.of(at(Integer.parseInt(key.substring(1))));
    }
  }

  @Test
  void itemsWithScopesAreNotCachedPublicly() {
    CacheHint hint = CacheHint.publicly(Duration.ofMinutes(1));
    McpServer.Builder server =
        McpServer.named("n", "1").tool(tool("a").requires("s")).cache("tools/list", hint);
    assertThrows(IllegalArgumentException.class, server::build);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "two scopes", "a\"b", "a\\b", "ä", "a\n"})
  void invalidScopesAreRefused(String scope) {
    Tool tool = tool("a");
    assertThrows(IllegalArgumentException.class, () -> tool.requires(scope));
  }

  @ParameterizedTest
  @CsvSource({
    "https://a.example, joe, https://a.example joe",
    "https://b.example, joe, https://b.example joe",
    ", joe, joe",
    "https://a.example, '', ''"
  })
  void aCallerIsOneOfItsIssuer(@Nullable String issuer, String subject, String identity) {
    Caller caller = new Caller(subject, Set.of(), Json.object().put("iss", issuer));
    assertEquals(identity, caller.identity());
  }

  @Test
  void aCallerHasItsClientAndExpiry() {
    ObjectNode claims = TestClient.json(
        "{'azp':'web','exp':1893456000,'client_id':'app','iss':'https://a.example'}");
    Caller caller = new Caller("joe", Set.of(), claims);
    assertEquals("app", caller.clientId().orElseThrow());
    assertEquals("2030-01-01T00:00:00Z", caller.expiresAt().orElseThrow().toString());
    assertEquals("https://a.example", caller.issuer().orElseThrow());
    Caller gateway =
        new Caller("joe", Set.of(), TestClient.json("{'azp':'web','exp':'1893456000'}"));
    assertEquals("web", gateway.clientId().orElseThrow());
    assertEquals("2030-01-01T00:00:00Z", gateway.expiresAt().orElseThrow().toString());
    assertTrue(NOBODY.clientId().isEmpty() && NOBODY.expiresAt().isEmpty());
    ObjectNode never = Json.object().put("exp", Long.MAX_VALUE);
    assertTrue(new Caller("joe", Set.of(), never).expiresAt().isEmpty());
  }
}
