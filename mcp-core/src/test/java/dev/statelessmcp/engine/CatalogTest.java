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
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.catalog.Page;
import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Lists: pages, catalogues, who sees what, and what may be kept. */
@ExtendWith(SilentLog.class)
class CatalogTest {
  private static final ScopeRules NO_SCOPES = new ScopeRules(null, false);

  private static final Caller ADMIN = Caller.of("root", "admin");
  private static final CacheHint PUBLIC = CacheHint.publicly(Duration.ofMinutes(1));

  private static Tool tool(String name) {
    return Tool.ofSchema(name, "d", "{\"type\":\"object\"}", (in, call) -> ToolResult.text(name));
  }

  private static boolean isAdmin(Caller caller) {
    return caller.scopes().contains("admin");
  }

  private static McpServer mixed(int pageSize) {
    McpServer.Builder server = McpServer.named("n", "1").pageSize(pageSize);
    for (int i = 0; i < 7; i++) {
      Tool tool = tool("t" + i);
      server.tool(i % 2 == 0 ? tool : tool.visibleTo(CatalogTest::isAdmin));
    }
    return server.build();
  }

  private static List<String> all(TestClient client) {
    List<String> names = new ArrayList<>();
    String cursor = null;
    do {
      ObjectNode page =
          client.result("tools/list", cursor == null ? "{}" : "{'cursor':'" + cursor + "'}");
      page.get("tools").forEach(tool -> names.add(tool.get("name").textValue()));
      cursor = page.path("nextCursor").textValue();
    } while (cursor != null);
    return names;
  }

  @Test
  void everyPageSizeGivesTheSameListToTheSameCaller() {
    for (int size = 1; size < 9; size++) {
      McpServer server = mixed(size);
      assertEquals(List.of("t0", "t2", "t4", "t6"), all(new TestClient(server)));
      assertEquals(List.of("t0", "t2", "t4", "t6"), all(new TestClient(server).legacy()));
      assertEquals(
          List.of("t0", "t1", "t2", "t3", "t4", "t5", "t6"),
          all(new TestClient(server).caller(ADMIN)));
    }
  }

  @Test
  void fullLastPageHasNoCursor() {
    ObjectNode page = new TestClient(mixed(4)).result("tools/list", "{}");
    assertEquals(4, page.get("tools").size());
    assertFalse(page.has("nextCursor"));
  }

  @Test
  void cursorsAreTheSameEachTimeAndOnEachInstance() {
    JsonNode one = new TestClient(mixed(2)).result("tools/list", "{}").get("nextCursor");
    JsonNode two = new TestClient(mixed(2)).result("tools/list", "{}").get("nextCursor");
    assertEquals(one, two);
  }

  private static String cursor(String method, String key) {
    byte[] json =
        ("{\"m\":\"" + method + "\",\"k\":\"" + key + "\"}").getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  @Test
  void cursorThatWasMadeUpIsRefused() {
    TestClient client = new TestClient(mixed(2));
    client.result("tools/list", "{'cursor':'" + cursor("tools/list", "t0") + "'}");
    assertEquals(
        -32602, client.code("tools/list", "{'cursor':'" + cursor("tools/list", "x") + "'}"));
    assertEquals(
        -32602, client.code("tools/list", "{'cursor':'" + cursor("prompts/list", "t0") + "'}"));
    assertEquals(
        -32602, client.code("tools/list", "{'cursor':'" + cursor("tools/list", "") + "'}"));
    for (String content : List.of("[]", "1", "{}", "{\"m\":\"tools/list\"}", "[".repeat(5000))) {
      String encoded =
          Base64.getUrlEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8));
      assertEquals(-32602, client.code("tools/list", "{'cursor':'" + encoded + "'}"), content);
    }
  }

  /** "Cursors carry no authority": what a caller may not see is, for that caller, not there. */
  @Test
  void cursorDoesNotTellWhetherAHiddenToolExists() {
    TestClient client = new TestClient(mixed(2));
    JsonNode none = client.send("tools/list", "{'cursor':'" + cursor("tools/list", "x1") + "'}");
    JsonNode hidden = client.send("tools/list", "{'cursor':'" + cursor("tools/list", "t1") + "'}");
    assertEquals(none, hidden);
  }

  @Test
  void listWithoutVisibleItemsIsEmpty() {
    McpServer server = McpServer.named("n", "1")
        .tool(tool("t").visibleTo(CatalogTest::isAdmin))
        .build();
    assertEquals(List.of(), all(new TestClient(server)));
    assertEquals(-32602, new TestClient(server).code("tools/call", "{'name':'t'}"));
    assertEquals("t", new TestClient(server).caller(ADMIN).text("t", "{}"));
  }

  @Test
  void hiddenItemsCannotBeUsed() {
    McpServer server = McpServer.named("n", "1")
        .tool(tool("t").visibleTo(CatalogTest::isAdmin))
        .prompt(Prompt.of("p", null, c -> PromptResult.of(PromptMessage.user("x")))
            .optionalArgument("a", null)
            .complete("a", (value, arguments, call) -> Completion.of(List.of("v")))
            .visibleTo(CatalogTest::isAdmin))
        .resource(Resource.text("r:///1", "r", "text/plain", "x").visibleTo(CatalogTest::isAdmin))
        .resourceTemplate(ResourceTemplate.of(
                "s:///{a}", "s", c -> ResourceResult.of(ResourceContents.text(c.uri(), null, "x")))
            .complete("a", (value, arguments, call) -> Completion.of(List.of("v")))
            .visibleTo(CatalogTest::isAdmin))
        .build();
    Map<String, String> uses = Map.of(
        "tools/call", "{'name':'t'}",
        "prompts/get", "{'name':'p'}",
        "resources/read", "{'uri':'r:///1'}");
    Map<String, String> lists = Map.of(
        "tools/list", "tools",
        "prompts/list", "prompts",
        "resources/list", "resources",
        "resources/templates/list", "resourceTemplates");
    List<String> completions = List.of(
        "{'ref':{'type':'ref/prompt','name':'p'},'argument':{'name':'a','value':''}}",
        "{'ref':{'type':'ref/resource','uri':'s:///{a}'},'argument':{'name':'a','value':''}}");
    for (boolean legacy : new boolean[] {true, false}) {
      TestClient admin = new TestClient(server).caller(ADMIN);
      TestClient other = new TestClient(server).caller(Caller.of("bob"));
      if (legacy) {
        admin.legacy();
        other.legacy();
      }
      lists.forEach((method, member) -> {
        assertEquals(1, admin.result(method, "{}").get(member).size(), method);
        assertEquals(0, other.result(method, "{}").get(member).size(), method);
      });
      int notFound = legacy ? -32002 : -32602;
      uses.forEach((method, params) -> {
        admin.result(method, params);
        assertEquals(
            method.equals("resources/read") ? notFound : -32602, other.code(method, params));
      });
      admin.result("resources/read", "{'uri':'s:///1'}");
      assertEquals(notFound, other.code("resources/read", "{'uri':'s:///1'}"));
      for (String params : completions) {
        admin.result("completion/complete", params);
        assertEquals(-32602, other.code("completion/complete", params));
      }
    }
  }

  /** A hidden item and an unknown item get the same answer. */
  @Test
  void hiddenAndMissingLookTheSame() {
    McpServer server = McpServer.named("n", "1")
        .tool(tool("hid").visibleTo(CatalogTest::isAdmin))
        .resource(Resource.text("r:///hid", "r", "text/plain", "x").visibleTo(CatalogTest::isAdmin))
        .build();
    TestClient client = new TestClient(server);
    for (String[] each : new String[][] {
      {"tools/call", "{'name':'%s','arguments':{}}"}, {"resources/read", "{'uri':'r:///%s'}"}
    }) {
      String hidden = Json.text(client.send(each[0], each[1].formatted("hid")));
      String missing = Json.text(client.send(each[0], each[1].formatted("mis")));
      assertEquals(missing.replace("mis", "hid"), hidden);
    }
  }

  @Test
  void publicListsAreRefusedWhereCallersDiffer() {
    Tool hidden = tool("t").visibleTo(CatalogTest::isAdmin);
    Prompt prompt = Prompt.of("p", null, c -> PromptResult.of()).visibleTo(CatalogTest::isAdmin);
    Resource resource =
        Resource.text("r:///1", "r", "text/plain", "x").visibleTo(CatalogTest::isAdmin);
    ResourceTemplate template =
        ResourceTemplate.of("s:///{a}", "s", c -> null).visibleTo(CatalogTest::isAdmin);
    List<McpServer.Builder> refused = List.of(
        McpServer.named("n", "1").tool(hidden).cache("tools/list", PUBLIC),
        McpServer.named("n", "1").prompt(prompt).cache("prompts/list", PUBLIC),
        McpServer.named("n", "1").resource(resource).cache("resources/list", PUBLIC),
        McpServer.named("n", "1").resource(resource).cache("resources/read", PUBLIC),
        McpServer.named("n", "1").resource(resource.cache(PUBLIC)),
        McpServer.named("n", "1").resourceTemplate(template.cache(PUBLIC)),
        McpServer.named("n", "1").resourceTemplate(template).cache("resources/read", PUBLIC),
        McpServer.named("n", "1")
            .resourceTemplate(template)
            .cache("resources/templates/list", PUBLIC),
        McpServer.named("n", "1").tools(new Letters()).cache("tools/list", PUBLIC));
    for (McpServer.Builder builder : refused) {
      assertThrows(IllegalArgumentException.class, builder::build);
    }
    McpServer.named("n", "1")
        .tool(hidden)
        .cache("tools/list", CacheHint.privately(Duration.ofDays(1)))
        .cache("server/discover", PUBLIC)
        .build();
    McpServer.named("n", "1")
        .tool(hidden)
        .prompt(Prompt.of("q", null, c -> null))
        .cache("prompts/list", PUBLIC)
        .build();
    assertThrows(
        IllegalArgumentException.class,
        () -> McpServer.named("n", "1").cache("tools/call", PUBLIC));
  }

  /**
   * What a handler says is found out when it says it: then it is kept privately, or our failure.
   */
  @Test
  void restrictedResourceIsNeverReadAsPublic() {
    McpServer server = McpServer.named("n", "1")
        .resource(Resource.of(
                "r:///1",
                "r",
                c ->
                    ResourceResult.of(ResourceContents.text(c.uri(), null, "x")).cache(PUBLIC))
            .visibleTo(CatalogTest::isAdmin))
        .build();
    JsonNode answer =
        new TestClient(server).caller(ADMIN).send("resources/read", "{'uri':'r:///1'}");
    assertFalse(Json.text(answer).contains("\"public\""), () -> Json.text(answer));
  }

  @Test
  void restrictedResourceOfACatalogueIsNeverReadAsPublic() {
    Resource resource = Resource.text("r:///1", "r", "text/plain", "x")
        .visibleTo(CatalogTest::isAdmin)
        .cache(PUBLIC);
    McpServer server = McpServer.named("n", "1")
        .resources(new Registry<>("r", List.of(resource), NO_SCOPES))
        .build();
    JsonNode answer =
        new TestClient(server).caller(ADMIN).send("resources/read", "{'uri':'r:///1'}");
    assertFalse(Json.text(answer).contains("\"public\""), () -> Json.text(answer));
  }

  /** An endless catalogue, different for each caller, which is not kept in memory. */
  private static final class Letters implements Catalog<Tool> {
    @Override
    public Optional<Page<Tool>> list(Caller caller, String after, int limit) {
      if (after != null && !after.matches(caller.principal() + "[0-9]{1,9}")) {
        return Optional.empty();
      }
      int begin = after == null
          ? 0
          : Integer.parseInt(after.substring(caller.principal().length())) + 1;
      List<Tool> tools = new ArrayList<>();
      for (int i = begin; i < begin + limit; i++) {
        tools.add(tool(caller.principal() + i));
      }
      return Optional.of(new Page<>(tools, true));
    }

    @Override
    public Optional<Tool> find(String key, Caller caller) {
      return key.matches(caller.principal() + "[0-9]{1,9}")
          ? Optional.of(tool(key))
          : Optional.empty();
    }
  }

  @Test
  void catalogueSeesTheCallerAndThePlace() {
    McpServer server =
        McpServer.named("n", "1").pageSize(2).tools(new Letters()).build();
    TestClient ann = new TestClient(server).caller(Caller.of("ann"));
    TestClient bob = new TestClient(server).caller(Caller.of("bob"));
    ObjectNode first = ann.result("tools/list", "{}");
    String cursor = "{'cursor':'" + first.get("nextCursor").textValue() + "'}";
    ObjectNode second = ann.result("tools/list", cursor);
    assertEquals("ann2", second.get("tools").get(0).get("name").textValue());
    assertEquals(-32602, bob.code("tools/list", cursor));
    assertEquals("ann77", ann.text("ann77", "{}"));
    assertEquals(-32602, bob.code("tools/call", "{'name':'ann77'}"));
  }

  @Test
  void catalogueThatFailsIsAnInternalError() {
    Catalog<Prompt> broken = new Catalog<>() {
      @Override
      public Optional<Page<Prompt>> list(Caller caller, String after, int limit) throws Exception {
        throw new java.io.IOException("secret");
      }

      @Override
      public Optional<Prompt> find(String key, Caller caller) throws Exception {
        throw new java.io.IOException("secret");
      }
    };
    TestClient client = new TestClient(McpServer.named("n", "1").prompts(broken).build());
    assertEquals(-32603, client.code("prompts/list", "{}"));
    assertEquals(-32603, client.code("prompts/get", "{'name':'p'}"));
    assertFalse(Json.text(client.send("prompts/list", "{}")).contains("secret"));
  }

  @Test
  void catalogueOrItemsButNotBoth() {
    McpServer.Builder builder = McpServer.named("n", "1").tools(new Letters()).tool(tool("t"));
    assertThrows(IllegalArgumentException.class, builder::build);
    assertThrows(
        IllegalArgumentException.class,
        () -> McpServer.named("n", "1").tool(tool("t")).tool(tool("t")).build());
    assertThrows(IllegalArgumentException.class, () -> McpServer.named("n", "1").pageSize(0));
  }

  @Test
  void templatesOfACatalogueAreFoundBeyondTheFirstPage() {
    List<ResourceTemplate> many = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      String scheme = "s" + i;
      many.add(ResourceTemplate.of(
          scheme + ":///{x}",
          scheme,
          c -> ResourceResult.of(ResourceContents.text(c.uri(), null, c.variable("x")))));
    }
    McpServer server = McpServer.named("n", "1")
        .resourceTemplates(new Registry<>("template", many, NO_SCOPES))
        .build();
    for (int i : new int[] {0, 99, 100, 249}) {
      ObjectNode result =
          new TestClient(server).result("resources/read", "{'uri':'s" + i + ":///v'}");
      assertEquals("v", result.get("contents").get(0).get("text").textValue());
    }
    assertEquals(-32602, new TestClient(server).code("resources/read", "{'uri':'s250:///v'}"));
  }

  @Test
  void resourceComesBeforeATemplateThatMatches() {
    McpServer server = McpServer.named("n", "1")
        .resource(Resource.text("s:///a", "a", "text/plain", "resource"))
        .resourceTemplate(ResourceTemplate.of(
            "s:///{x}",
            "x",
            c -> ResourceResult.of(ResourceContents.text(c.uri(), null, "template"))))
        .build();
    assertTrue(Json.text(new TestClient(server).send("resources/read", "{'uri':'s:///a'}"))
        .contains("\"text\":\"resource\""));
  }

  /** Definitions are shared by all requests: no answer may change one. */
  @Test
  void servingDoesNotChangeDefinitions() {
    Tool tool = tool("t")
        .outputSchema("{\"type\":\"array\",\"$defs\":{\"a\":{\"type\":\"string\"}}}")
        .meta(Json.object().put("a", 1));
    Item<?> item = tool;
    String before = Json.text(item.toJson());
    McpServer server = McpServer.named("n", "1").tool(tool).build();
    String modern = Json.text(new TestClient(server).result("tools/list", "{}"));
    new TestClient(server).legacy().result("tools/list", "{}");
    assertEquals(modern, Json.text(new TestClient(server).result("tools/list", "{}")));
    assertEquals(before, Json.text(item.toJson()));
  }
}
