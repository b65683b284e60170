package dev.statelessmcp.lambda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.fuzz.Fuzz;
import dev.statelessmcp.fuzz.Mutations;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import dev.statelessmcp.lambda.event.EventSource;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.lambda.event.SignedClaims;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events that are not quite what their senders would send are answered all the same. */
@Timeout(600)
class MutationTest {
  private static final int CASES = Math.max(10_000, Fuzz.messages(10));
  private static final JsonLimits EVENT = new JsonLimits(8 << 20, 128, 8 << 20);

  private final TestFunction function = new TestFunction(
      McpServer.named("t", "1")
          .observer(EmbeddedMetrics.inNamespace("Test"))
          .tool(Tool.ofSchema("echo", "", "{\"type\":\"object\"}", (in, call) -> {
            call.progress(1, 0, null);
            return ToolResult.text(Json.text(in));
          }))
          .resource(Resource.text("r:///1", "r", "text/plain", "x"))
          .build(),
      LambdaSettings.defaults().loadBalancer(SignedClaims.of("arn", kid -> {
        throw new IOException("no key");
      })));

  /** The number of answers of each kind, to check that the test covers all kinds. */
  private final Map<String, Integer> kinds = new TreeMap<>();

  private void count(String kind) {
    kinds.merge(kind, 1, Integer::sum);
  }

  private static List<JsonNode> events() throws IOException {
    List<JsonNode> events = new ArrayList<>();
    List<ObjectNode> messages = List.of(
        Messages.withProgress(Messages.call(1, "echo", "{'message':'é'}")),
        Messages.modern(Messages.call(2, "echo", "{'message':'x'}")),
        Messages.json(
            "{'jsonrpc':'2.0','id':3,'method':'resources/read'," + "'params':{'uri':'r:///1'}}"));
    for (ObjectNode message : messages) {
      events.add(message);
      for (EventShape shape : EventShape.values()) {
        ObjectNode event =
            shape.event("POST", "/mcp", Messages.headersOf(messages.get(1)), Json.text(message));
        event
            .withObjectProperty("requestContext")
            .put("requestTimeEpoch", 1_795_348_800_000L)
            .putObject("authorizer")
            .set("jwt", Messages.json("{'claims':{'sub':'ann','scope':'r'},'scopes':['r']}"));
        events.add(event);
      }
    }
    events.add(Json.array().add(messages.get(0)).add(messages.get(2)));
    events.add(Messages.json("{'message':'x'}"));
    events.add(Messages.json("{'Records':[{'body':'x'}]}"));
    events.add(Messages.json("{'detail-type':'Scheduled Event'}"));
    Path folder = SharedEvents.folder();
    if (folder != null) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.sorted().toList()) {
          events.add(Json.parse(Files.readString(file)));
        }
      }
    }
    return events;
  }

  @Test
  void areAnsweredInTheShapeOfTheirSender() throws IOException {
    long seed = Fuzz.SEED;
    Mutations mutations = new Mutations(seed);
    List<JsonNode> events = events();
    for (int i = 0; i < CASES; i++) {
      byte[] event = mutations.spoiled(mutations.oneOf(events));
      boolean agentCore = i % 10 == 0;
      TestContext context = new TestContext();
      try {
        serve(event, agentCore ? context.agentCore("t___echo") : context, agentCore);
        if (i % 20 == 0) {
          assertServesOn();
        }
      } catch (Throwable e) {
        String text = new String(event, java.nio.charset.StandardCharsets.ISO_8859_1);
        throw new AssertionError(
            "-Dfuzz.seed=" + seed + ", case " + i + ", of the event " + text, e);
      }
    }
    assertServesOn();
    for (String kind :
        List.of("AgentCore", "AgentCore refused", "unsupported", "200", "400", "JSON-RPC")) {
      assertTrue(kinds.getOrDefault(kind, 0) > 100, kinds::toString);
    }
  }

  private void serve(byte[] event, TestContext context, boolean agentCore) throws Exception {
    byte[] answer;
    try {
      answer = function.invoke(event, context);
    } catch (UnsupportedEventException e) {
      assertTrue(!agentCore && e.getMessage().contains("serves MCP"), e.getMessage());
      count("unsupported");
      return;
    } catch (AgentCoreException e) {
      assertTrue(agentCore && !e.getMessage().isEmpty(), e.getMessage());
      count("AgentCore refused");
      return;
    }
    JsonNode json = Json.read(answer, EVENT);
    HttpEvent http = http(event);
    if (agentCore) {
      assertTrue(json.get("content").isArray(), json::toString);
      count("AgentCore");
    } else if (http != null) {
      assertHttp(http, json);
      count(json.get("statusCode").asText());
    } else {
      assertJsonRpc(json);
      count("JSON-RPC");
    }
    for (TestContext.Line line : context.lines) {
      assertTrue(line.json().isObject(), line.text());
      assertTrue(!line.text().contains("A request failed"), line.text());
    }
  }

  private static HttpEvent http(byte[] event) {
    try {
      return Json.read(event, EVENT) instanceof ObjectNode tree ? HttpEvent.of(tree) : null;
    } catch (JsonSyntaxException e) {
      return null;
    }
  }

  private static void assertHttp(HttpEvent event, JsonNode answer) {
    int status = answer.path("statusCode").intValue();
    assertTrue(status >= 200 && status < 500, answer::toString);
    assertTrue(answer.path("isBase64Encoded").isBoolean(), answer::toString);
    boolean alb = event.source() == EventSource.LOAD_BALANCER;
    assertEquals(alb, answer.has("statusDescription"));
    boolean multi = alb && event.json().path("multiValueHeaders").isObject();
    JsonNode headers = answer.path(multi ? "multiValueHeaders" : "headers");
    assertTrue(headers.isObject(), answer::toString);
    headers.forEach(value -> assertTrue(multi ? value.isArray() : value.isTextual()));
    String body = answer.path("body").textValue();
    if (body.startsWith("event:")) {
      for (String part : body.split("\n\n", -1)) {
        if (!part.isEmpty()) {
          assertJsonRpc(Json.parse(part.substring(part.indexOf("data:") + 5).strip()));
        }
      }
    } else if (!body.isEmpty() && !body.equals("{\"status\":\"ok\"}")) {
      assertJsonRpc(Json.parse(body));
    }
  }

  private static void assertJsonRpc(JsonNode message) {
    if (message.isArray()) {
      assertTrue(!message.isEmpty());
      message.forEach(MutationTest::assertJsonRpc);
    } else {
      assertTrue(
          message.isObject()
              && (message.isEmpty() || message.path("jsonrpc").asText().equals("2.0")),
          message::toString);
    }
  }

  private void assertServesOn() {
    ObjectNode call = Messages.call(99, "echo", "{}");
    assertEquals(
        "{}",
        function.invoke(call, new TestContext()).at("/result/content/0/text").textValue());
  }
}
