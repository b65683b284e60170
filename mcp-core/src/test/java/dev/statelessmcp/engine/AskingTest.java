package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.input.SamplingResult;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking the client in the middle of a call. */
@Timeout(30)
@ExtendWith(SilentLog.class)
class AskingTest {
  private static final String KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  private static final String OTHER = "YWJjZGVmMDEyMzQ1Njc4OTAxMjM0NTY3ODlhYmNkZWY=";
  private static final String FORMS = "{'elicitation':{}}";

  record Name(String name) {}

  record Say(String text) {}

  private static final Question<Name> NAME = Question.form("Name?", Name.class);

  private static McpServer.Builder server() {
    return McpServer.named("n", "1").stateKeys(StateKeys.parse(KEY));
  }

  private static Tool tool(String name, ToolHandler<ObjectNode, ToolResult> handler) {
    return Tool.ofSchema(name, "d", "{\"type\":\"object\"}", handler).asks(QuestionKind.FORM);
  }

  private static McpServer server(ToolHandler<ObjectNode, ToolResult> handler) {
    return server().tool(tool("t", handler)).build();
  }

  private static final ToolHandler<ObjectNode, ToolResult> TWO_ROUNDS = (in, call) ->
      ToolResult.text(call.ask("a", NAME).name() + " " + call.ask("b", NAME).name());

  private static TestClient client(McpServer server) {
    return new TestClient(server).can(FORMS);
  }

  private static String answer(String key, String name) {
    return "'" + key + "':{'action':'accept','content':{'name':'" + name + "'}}";
  }

  private static String state(ObjectNode result) {
    assertEquals("input_required", result.get("resultType").textValue());
    return result.get("requestState").textValue();
  }

  private static String call(String more) {
    return "{'name':'t','arguments':{}" + (more.isEmpty() ? "" : "," + more) + "}";
  }

  private static String retry(String state, String answers) {
    return call("'requestState':'" + state + "','inputResponses':{" + answers + "}");
  }

  @Test
  void anyServerWithTheKeysGoesOn() {
    McpServer one = server(TWO_ROUNDS);
    McpServer two = server()
        .stateKeys(StateKeys.parse(OTHER + "," + KEY))
        .tool(tool("t", TWO_ROUNDS))
        .build();
    String first = state(client(one).result("tools/call", call("")));
    ObjectNode second = client(two).result("tools/call", retry(first, answer("a", "Ann")));
    assertEquals(
        List.of("b"),
        List.copyOf(second.get("inputRequests").properties()).stream()
            .map(e -> e.getKey())
            .toList());
    JsonNode last = client(two).result("tools/call", retry(state(second), answer("b", "Bob")));
    assertEquals("Ann Bob", last.get("content").get(0).get("text").textValue());
    // sealed with the new key, which the old server does not have
    assertEquals(-32602, client(one).code("tools/call", retry(state(second), answer("b", "Bob"))));
  }

  @Test
  void serverWithoutKeysGeneratesOne() {
    McpServer one = McpServer.named("n", "1").tool(tool("t", TWO_ROUNDS)).build();
    McpServer two = McpServer.named("n", "1").tool(tool("t", TWO_ROUNDS)).build();
    String state = state(client(one).result("tools/call", call("")));
    assertEquals(-32602, client(two).code("tools/call", retry(state, answer("a", "Ann"))));
    state(client(one).result("tools/call", retry(state, answer("a", "Ann"))));
    assertTrue(one.port().lacksStateKeys());
    assertFalse(server(TWO_ROUNDS).port().lacksStateKeys());
    assertFalse(McpServer.named("n", "1").build().port().lacksStateKeys());
  }

  /** Two issuers may know the same subject; a refreshed token has other claims besides. */
  @Test
  void stateIsBoundToTheIssuerOfItsCallerAndNotToItsToken() {
    McpServer server = server(TWO_ROUNDS);
    String state = state(client(server)
        .caller(ann("https://a.example", "mcp:use", 1))
        .result("tools/call", call("")));
    String retry = retry(state, answer("a", "Ann"));
    Caller other = ann("https://b.example", "mcp:use", 1);
    assertEquals(-32602, client(server).caller(other).code("tools/call", retry));
    assertEquals(-32602, client(server).caller(Caller.of("ann")).code("tools/call", retry));
    Caller refreshed = ann("https://a.example", "mcp:use more", 2);
    state(client(server).caller(refreshed).result("tools/call", retry));
  }

  private static Caller ann(String issuer, String scopes, int expiry) {
    ObjectNode claims = TestClient.json("{'iss':'" + issuer + "','exp':" + expiry + "}");
    return new Caller("ann", Set.of(scopes.split(" ", -1)), claims);
  }

  @Test
  void stateIsBoundToItsCaller() {
    McpServer server = server(TWO_ROUNDS);
    Caller ann = Caller.of("ann");
    String state = state(client(server).caller(ann).result("tools/call", call("")));
    String retry = retry(state, answer("a", "Ann"));
    assertEquals(-32602, client(server).code("tools/call", retry));
    assertEquals(-32602, client(server).caller(Caller.of("bob")).code("tools/call", retry));
    state(client(server).caller(ann).result("tools/call", retry));
  }

  @Test
  void stateIsBoundToItsArgumentsInAnyOrder() {
    McpServer server = server(TWO_ROUNDS);
    String first = "{'name':'t','arguments':{'x':{'a':1,'b':[1,2]},'y':null}}";
    String state = state(client(server).result("tools/call", first));
    String rest = ",'requestState':'" + state + "','inputResponses':{" + answer("a", "Ann") + "}}";
    state(client(server)
        .result("tools/call", "{'arguments':{'y':null,'x':{'b':[1,2],'a':1}},'name':'t'" + rest));
    for (String other :
        List.of("{}", "{'x':{'a':1,'b':[2,1]},'y':null}", "{'x':{'a':1,'b':[1,2]}}", "{'x':1}")) {
      assertEquals(
          -32602,
          client(server).code("tools/call", "{'name':'t','arguments':" + other + rest),
          other);
    }
  }

  @Test
  void missingArgumentsAreTheSameEachTime() {
    McpServer server = server(TWO_ROUNDS);
    String state = state(client(server).result("tools/call", "{'name':'t'}"));
    state(client(server).result("tools/call", "{'name':'t','requestState':'" + state + "'}"));
  }

  @Test
  void stateIsBoundToItsTargetAndMethod() {
    McpServer server = server()
        .tool(tool("t", TWO_ROUNDS))
        .tool(tool("u", TWO_ROUNDS))
        .prompt(Prompt.of(
                "t",
                null,
                c -> PromptResult.of(PromptMessage.user(c.ask("a", NAME).name())))
            .asks(QuestionKind.FORM))
        .build();
    String state = state(client(server).result("tools/call", "{'name':'t'}"));
    String rest = ",'requestState':'" + state + "','inputResponses':{" + answer("a", "Ann") + "}}";
    assertEquals(-32602, client(server).code("tools/call", "{'name':'u'" + rest));
    assertEquals(-32602, client(server).code("prompts/get", "{'name':'t'" + rest));
    state(client(server).result("tools/call", "{'name':'t'" + rest));
  }

  /** Only the URI of a request identifies a resource. */
  @Test
  void stateOfOneResourceIsNotGoodForAnother() {
    McpServer server = server()
        .resourceTemplate(ResourceTemplate.of(
                "a:///{x}",
                "a",
                c -> ResourceResult.of(
                    ResourceContents.text(c.uri(), null, c.ask("a", NAME).name())))
            .asks(QuestionKind.FORM))
        .build();
    String state =
        state(client(server).result("resources/read", "{'uri':'a:///1','name':'a:///1'}"));
    String rest = ",'requestState':'" + state + "','inputResponses':{" + answer("a", "Ann") + "}}";
    assertEquals(
        -32602, client(server).code("resources/read", "{'uri':'a:///2','name':'a:///1'" + rest));
  }

  @Test
  void uriOfAReadingIsTheOneThatWasFound() {
    McpServer server = server()
        .resourceTemplate(ResourceTemplate.of(
            "a:///{x}", "a", c -> ResourceResult.of(ResourceContents.text(c.uri(), null, ""))))
        .resource(Resource.text("b:///hidden", "b", "text/plain", "").visibleTo(caller -> false))
        .build();
    for (TestClient client : List.of(client(server), client(server).legacy())) {
      ObjectNode result = client.result("resources/read", "{'uri':'a:///1','name':'b:///hidden'}");
      assertEquals("a:///1", result.get("contents").get(0).get("uri").textValue());
    }
  }

  @Test
  void stateExpires() throws Exception {
    McpServer server =
        server().stateTtl(Duration.ofMillis(20)).tool(tool("t", TWO_ROUNDS)).build();
    String state = state(client(server).result("tools/call", call("")));
    Thread.sleep(60);
    assertEquals(-32602, client(server).code("tools/call", retry(state, answer("a", "Ann"))));
  }

  /** What a client sends is refused, and is no failure of ours. */
  @Test
  void stateThatIsCutAnywhereIsRefused() {
    McpServer server = server(TWO_ROUNDS);
    String state = state(client(server).result("tools/call", call("")));
    for (int end = 0; end < state.length(); end++) {
      assertEquals(
          -32602,
          client(server).code("tools/call", retry(state.substring(0, end), "")),
          "cut at " + end);
    }
  }

  @Test
  void earlierAnswerCountsBeforeALaterOne() {
    McpServer server = server(TWO_ROUNDS);
    String first = state(client(server).result("tools/call", call("")));
    String second = state(client(server).result("tools/call", retry(first, answer("a", "Ann"))));
    String both = answer("a", "Eve") + "," + answer("b", "Bob");
    JsonNode last = client(server).result("tools/call", retry(second, both));
    assertEquals("Ann Bob", last.get("content").get(0).get("text").textValue());
  }

  @Test
  void declineIsRememberedOverRounds() {
    McpServer server = server((in, call) -> {
      String a;
      try {
        a = call.ask("a", NAME).name();
      } catch (DeclinedException e) {
        a = e.isCancelled() ? "cancelled" : "declined";
      }
      return ToolResult.text(a + " " + call.ask("b", NAME).name());
    });
    for (String[] each : new String[][] {{"decline", "declined"}, {"cancel", "cancelled"}}) {
      String first = state(client(server)
          .result("tools/call", call("'inputResponses':{'a':{'action':'" + each[0] + "'}}")));
      JsonNode last = client(server).result("tools/call", retry(first, answer("b", "Bob")));
      assertEquals(each[1] + " Bob", last.get("content").get(0).get("text").textValue());
    }
  }

  @Test
  void severalAtOnceMayBeDeclinedOneByOne() {
    McpServer server = server((in, call) -> {
      Questions questions = new Questions();
      Questions.Asked<Name> a = questions.add("a", NAME);
      Questions.Asked<Name> b = questions.add("b", NAME);
      call.ask(questions);
      try {
        return ToolResult.text(a.answer().name());
      } catch (DeclinedException e) {
        return ToolResult.text("not a but " + b.answer().name());
      }
    });
    String answers = "'a':{'action':'decline'}," + answer("b", "Bob");
    assertEquals("not a but Bob", client(server).text("t", "{'inputResponses':{" + answers + "}}"));
  }

  @Test
  void handlerThatCatchesEverythingStillEndsWithTheQuestion() {
    McpServer server = server((in, call) -> {
      try {
        return ToolResult.text(call.ask("a", NAME).name());
      } catch (Throwable e) {
        return ToolResult.text("caught");
      }
    });
    state(client(server).result("tools/call", call("")));
    assertEquals(
        "Ann", client(server).text("t", "{'inputResponses':{" + answer("a", "Ann") + "}}"));
  }

  /** What a handler does with the exception is its business; that it asked is not lost by it. */
  @Test
  void handlerThatWrapsEverythingStillEndsWithTheQuestion() {
    McpServer server = server()
        .tool(tool("t", (in, call) -> {
          try {
            return ToolResult.text(call.ask("a", NAME).name());
          } catch (Throwable e) {
            throw new IllegalStateException("wrapped", e);
          }
        }))
        .build();
    state(client(server).result("tools/call", call("")));
  }

  @Test
  void promptsAndResourcesThatCatchEverythingEndWithTheQuestionToo() {
    McpServer server = server()
        .prompt(Prompt.of("p", null, c -> {
              try {
                return PromptResult.of(PromptMessage.user(c.ask("a", NAME).name()));
              } catch (Throwable e) {
                return PromptResult.of(PromptMessage.user("caught"));
              }
            })
            .asks(QuestionKind.FORM))
        .resource(Resource.of("r:///1", "r", c -> {
              try {
                return ResourceResult.of(
                    ResourceContents.text(c.uri(), null, c.ask("a", NAME).name()));
              } catch (Throwable e) {
                return null;
              }
            })
            .asks(QuestionKind.FORM))
        .build();
    state(client(server).result("prompts/get", "{'name':'p'}"));
    state(client(server).result("resources/read", "{'uri':'r:///1'}"));
  }

  @Test
  void undeclaredQuestionIsAnInternalError() {
    Question<SamplingResult> sampling = Question.sampling("x", 1);
    McpServer server = server()
        .tool(tool("t", (in, call) -> ToolResult.text(call.ask("a", sampling).text())))
        .tool(Tool.ofSchema("u", "d", "{\"type\":\"object\"}", (in, call) -> {
          assertFalse(call.canAsk(QuestionKind.FORM));
          return ToolResult.text(call.ask("a", NAME).name());
        }))
        .build();
    String all = "{'elicitation':{},'sampling':{}}";
    assertEquals(-32603, client(server).can(all).code("tools/call", call("")));
    assertEquals(-32603, client(server).can(all).code("tools/call", "{'name':'u'}"));
  }

  @Test
  void noQuestionsNeedNoDeclaration() {
    McpServer server = McpServer.named("n", "1")
        .tool(Tool.ofSchema("t", "d", "{\"type\":\"object\"}", (in, call) -> {
          call.ask(new Questions());
          return ToolResult.text("asked nothing");
        }))
        .build();
    JsonNode answer = new TestClient(server).result("tools/call", call(""));
    assertEquals("asked nothing", answer.get("content").get(0).get("text").textValue());
  }

  @Test
  void capabilityIsCheckedBeforeTheHandlerRuns() {
    AtomicInteger runs = new AtomicInteger();
    McpServer server = server((in, call) -> {
      runs.incrementAndGet();
      return ToolResult.text("ran");
    });
    JsonNode error = client(server).can("{}").send("tools/call", call("")).get("error");
    assertEquals(-32021, error.get("code").intValue());
    assertEquals(
        TestClient.json("{'requiredCapabilities':{'elicitation':{'form':{}}}}"), error.get("data"));
    assertEquals(0, runs.get());
  }

  @Test
  void oneKeyIsOneQuestion() {
    McpServer server = server((in, call) -> {
      Questions questions = new Questions();
      questions.add("a", NAME);
      questions.add("a", NAME);
      return ToolResult.text("unreached");
    });
    assertEquals(-32603, client(server).code("tools/call", call("")));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 55})
  void answersMayNestAsDeepAsRequests(int depth) {
    Question<ObjectNode> any = Question.form("x", "{\"type\":\"object\",\"properties\":{}}");
    McpServer server = server((in, call) -> {
      call.ask("a", any);
      return ToolResult.text(call.ask("b", NAME).name());
    });
    String deep = "[".repeat(depth) + "]".repeat(depth);
    String first = state(client(server)
        .result(
            "tools/call",
            call("'inputResponses':{'a':{'action':'accept','content':{'x':" + deep + "}}}")));
    JsonNode last = client(server).result("tools/call", retry(first, answer("b", "Bob")));
    assertEquals("Bob", last.get("content").get(0).get("text").textValue());
  }

  /** The limits of a transport are settings, and may be higher than the default. */
  @Test
  void answersMayBeAsLongAsRequests() {
    McpServer server = server(TWO_ROUNDS);
    String first = state(client(server).result("tools/call", call("")));
    String name = "x".repeat(JsonLimits.DEFAULT.maxStringLength() + 1);
    ObjectNode second = client(server).result("tools/call", retry(first, answer("a", name)));
    JsonNode last = client(server).result("tools/call", retry(state(second), answer("b", "Bob")));
    assertEquals(name + " Bob", last.get("content").get(0).get("text").textValue());
  }

  @Test
  void legacyConnectionIsAskedDirectly() {
    McpServer server = server(TWO_ROUNDS);
    TestConnection connection = new TestConnection()
        .answer("{'action':'accept','content':{'name':'Ann'}}")
        .answer("{'action':'accept','content':{'name':'Bob'}}");
    assertEquals("Ann Bob", client(server).legacy(connection).text("t", "{}"));
    assertEquals(List.of("elicitation/create", "elicitation/create"), connection.asked);
  }

  @Test
  void legacyAnswersAreTakenAsTheyAre() {
    McpServer server = server(TWO_ROUNDS);
    for (String[] each : new String[][] {
      {"{'action':'decline'}", "declined"},
      {"{'action':'cancel'}", "cancelled"},
      {"{'action':'accept','content':{}}", "name"},
      {"{}", "action"}
    }) {
      TestConnection connection = new TestConnection().answer(each[0]);
      ObjectNode result = client(server).legacy(connection).result("tools/call", call(""));
      assertTrue(result.get("isError").booleanValue());
      String text = result.get("content").get(0).get("text").textValue();
      assertTrue(text.contains(each[1]), text);
    }
    ObjectNode failed = client(server).legacy(new TestConnection()).result("tools/call", call(""));
    assertTrue(failed.get("isError").booleanValue());
  }

  @Test
  void legacyClientThatDidNotDeclareItIsNotAsked() {
    McpServer server = server(TWO_ROUNDS);
    TestConnection connection = new TestConnection();
    ObjectNode result = client(server).can("{}").legacy(connection).result("tools/call", call(""));
    assertTrue(result.get("isError").booleanValue());
    assertEquals(List.of(), connection.asked);
  }

  @Test
  void legacyPromptsAndResourcesFailWithWordsAndNotWithAReference() {
    McpServer server = server()
        .prompt(Prompt.of(
                "p",
                null,
                c -> PromptResult.of(PromptMessage.user(c.ask("a", NAME).name())))
            .asks(QuestionKind.FORM))
        .build();
    JsonNode error = client(server).legacy().send("prompts/get", "{'name':'p'}").get("error");
    assertTrue(error.get("message").textValue().contains("2026-07-28"), error.toString());
  }

  /** The state has to go through the client: it tells nothing of what is in it. */
  @Test
  void answersAreNotToBeSeenInTheState() {
    McpServer server = server(TWO_ROUNDS);
    String state = state(client(server)
        .result("tools/call", call("'inputResponses':{" + answer("a", "Wolfeschlegel") + "}")));
    byte[] raw = java.util.Base64.getUrlDecoder().decode(state);
    assertFalse(new String(raw, java.nio.charset.StandardCharsets.ISO_8859_1).contains("Wolfe"));
  }
}
