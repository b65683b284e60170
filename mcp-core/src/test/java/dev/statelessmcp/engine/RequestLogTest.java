package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.intercept.RequestLine;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.testing.RecordedLog;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolException;
import dev.statelessmcp.tool.ToolResult;
import dev.statelessmcp.transport.CancellationSource;
import dev.statelessmcp.transport.Exchange;
import java.util.List;
import java.util.Map;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line for each request and each refusal, if it is wanted, and what never is in one. */
class RequestLogTest {
  private static final String OBJECT = "{\"type\":\"object\"}";
  private static final String SECRET = "hunter2";
  private static final String META = "'_meta':{"
      + "'io.modelcontextprotocol/protocolVersion':'2026-07-28',"
      + "'io.modelcontextprotocol/clientInfo':{'name':'inspector','version':'1.0'},"
      + "'io.modelcontextprotocol/clientCapabilities':{}}";
  private static final String MODERN =
      "transport=memory era=modern revision=2026-07-28 client=\"inspector 1.0\"";

  private final RecordedLog log = RecordedLog.ofRequests();
  private final RecordedLog failures = RecordedLog.ofFailures();

  @AfterEach
  void close() {
    log.close();
    failures.close();
  }

  private static McpServer.Builder builder() {
    return McpServer.named("n", "1")
        .tool(Tool.ofSchema("ok", "", OBJECT, (in, call) -> ToolResult.text(SECRET)))
        .tool(Tool.ofSchema("refuses", "", OBJECT, (in, call) -> {
          throw new ToolException(SECRET);
        }))
        .tool(Tool.ofSchema("denies", "", OBJECT, (in, call) -> {
          throw new McpException(1001, SECRET);
        }))
        .tool(Tool.ofSchema("breaks", "", OBJECT, (in, call) -> {
          throw new IllegalStateException(
              "cannot read\n2026 ERROR " + in.path("text").asText());
        }))
        .tool(Tool.ofSchema("memory", "", OBJECT, (in, call) -> {
          throw new OutOfMemoryError("not really");
        }))
        .tool(Tool.ofSchema("deep", "", OBJECT, (in, call) -> {
          throw new StackOverflowError();
        }))
        .prompt(Prompt.of("p", "", call -> PromptResult.of(PromptMessage.user("a"))))
        .resourceTemplate(ResourceTemplate.of("note:///{day}", "day", call -> {
          if (call.variable("day").equals("never")) {
            throw new IllegalStateException("no such day");
          }
          return ResourceResult.of(ResourceContents.text(call.uri(), null, "a"));
        }));
  }

  private static JsonRpcMessage.Request request(String id, String method, String params) {
    ObjectNode json = (ObjectNode) Json.parse(params.replace('\'', '"'));
    return new JsonRpcMessage.Request(RequestId.from(Json.parse(id)).orElseThrow(), method, json);
  }

  private JsonRpcMessage.Response handle(String method, String params) {
    return builder()
        .requestLog(true)
        .build()
        .handle(request("7", method, "{" + params + META + "}"), new Exchange() {});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "tools/call|'name':'ok',|INFO|tool=ok outcome=ok",
        "tools/call|'name':'refuses',|WARNING|tool=refuses outcome=tool_error",
        "tools/call|'name':'denies',|WARNING|tool=denies outcome=error errorCode=1001",
        "tools/call|'name':'nobody',|WARNING|tool=nobody outcome=error errorCode=-32602",
        "tools/call|'name':'breaks',|SEVERE|tool=breaks outcome=error errorCode=-32603",
        "tools/list||INFO|outcome=ok",
        "prompts/get|'name':'p',|INFO|prompt=p outcome=ok",
        "resources/read|'uri':'note:///mon',|INFO|uri=note:///mon outcome=ok",
        "resources/read|'uri':'note:///a?key=hunter2#x',|INFO|uri=note:///a outcome=ok",
        "no/such|'name':'hunter2',|WARNING"
            + "|outcome=refused errorCode=-32601 reason=\"Method not found: no/such\""
      })
  void eachRequestHasOneLine(String method, String params, String level, String outcome) {
    handle(method, params == null ? "" : params.replace('"', '\''));
    assertEquals(
        List.of(level + " method=" + method + " " + outcome + " requestId=7 " + MODERN),
        log.lines());
    LogRecord line = log.records().get(0);
    assertTrue(line.getMessage().matches(".* durationMs=[0-9]+ .*"), line.getMessage());
    assertFalse(line.getMessage().contains(SECRET), line.getMessage());
  }

  @Test
  void argumentsAreNeverLogged() {
    handle("tools/call", "'name':'ok','arguments':{'a':'hunter2','hunter2':1},");
    handle("tools/call", "'name':'denies','arguments':{'a':'hunter2'},");
    assertEquals(2, log.lines().size());
    assertFalse(log.lines().toString().contains(SECRET), log.lines().toString());
  }

  @Test
  void initializeIsLoggedWithWhatWasAgreedOn() {
    builder()
        .requestLog(true)
        .build()
        .handle(
            request(
                "'a b'".replace('\'', '"'),
                "initialize",
                "{'protocolVersion':'2025-11-25','capabilities':{},"
                    + "'clientInfo':{'name':'n','version':'1'}}"),
            new Exchange() {});
    assertEquals(
        List.of("INFO method=initialize outcome=ok requestId=\"a b\" transport=memory era=legacy"
            + " revision=2025-11-25"),
        log.lines());
  }

  /** Line breaks would begin a line of the client's own. */
  @ParameterizedTest
  @ValueSource(
      strings = {"\\n", "\\r\\n", "\\u0085", "\\u2028", "\\u001b[2J", "\\u202e", "\\u0000"})
  void textOfAClientStaysInItsLine(String escape) {
    String text = "x" + escape + "INFO method=tools/call outcome=ok";
    String name = text.replace("\"", "");
    builder()
        .requestLog(true)
        .build()
        .handle(
            new JsonRpcMessage.Request(
                RequestId.of(Json.parse("\"" + text + "\"").textValue()),
                Json.parse("\"" + name + "\"").textValue(),
                (ObjectNode) Json.parse("{\"name\":\"" + text + "\",\"_meta\":{"
                    + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
                    + "\"io.modelcontextprotocol/clientInfo\":{\"name\":\"" + text
                    + "\",\"version\":\"\\\"1\"},"
                    + "\"io.modelcontextprotocol/clientCapabilities\":{}}}")),
            new Exchange() {
              @Override
              public Map<String, List<String>> headers() {
                return Map.of("user-agent", List.of(text));
              }
            });
    handle("tools/call", "'name':'" + text + "',");
    handle("resources/read", "'uri':'note:///" + text + "',");
    assertEquals(3, log.records().size());
    for (LogRecord record : log.records()) {
      String line = record.getMessage();
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), () -> "not escaped: " + line);
      assertTrue(line.contains("x\\"), line);
    }
  }

  /** It may be all that protects the task of an anonymous caller. */
  @Test
  void theIdOfATaskIsNotReadableInALine() {
    Extension tasks = Extension.builder("com.example/tasks")
        .method(ExtensionMethod.of("tasks/get", (params, call) -> Json.object())
            .nameMember("taskId")
            .secretName())
        .method(ExtensionMethod.of("tasks/cancel", (params, call) -> {
              throw new IllegalStateException("the store is down");
            })
            .nameMember("taskId")
            .secretName())
        .method(ExtensionMethod.of("words/get", (params, call) -> Json.object()).nameMember("name"))
        .build();
    McpServer server = builder().extension(tasks).requestLog(true).build();
    String meta =
        META.replace("Capabilities':{}", "Capabilities':{'extensions':{'com.example/tasks':{}}}");
    for (String method : List.of("tasks/get", "words/get", "tasks/cancel")) {
      String params = "{'taskId':'abcdefghijklmnop','name':'abcdefghijklmnop'," + meta + "}";
      server.handle(request("7", method, params), new Exchange() {});
    }
    String ours = log.lines().get(0);
    assertTrue(ours.contains("method=tasks/get name=abcdefgh... outcome=ok"), ours);
    assertTrue(
        log.lines().get(1).contains("name=abcdefghijklmnop outcome=ok"),
        log.lines().get(1));
    assertFalse(log.lines().get(2).contains("abcdefghi"), log.lines().get(2));
    String failure = failures.lines().get(0);
    assertTrue(failure.endsWith(": tasks/cancel failed"), failure);
  }

  @Test
  void aLongNameIsCut() {
    handle("tools/call", "'name':'" + "n".repeat(100_000) + "',");
    assertTrue(log.lines().get(0).length() < 500, log.lines().get(0));
  }

  @Test
  void refusalsByATransportSayWhyAndWithWhichStatus() {
    builder()
        .requestLog(true)
        .build()
        .port()
        .refused(
            Era.LEGACY,
            new McpException(
                    -32600, "The Host header \"a\nb\" is not allowed; the setting is allowedHosts")
                .http(403, Map.of()),
            new Exchange() {});
    assertEquals(
        List.of("WARNING outcome=refused status=403 errorCode=-32600 reason=\"The Host header"
            + " \\\"a\\nb\\\" is not allowed; the setting is allowedHosts\" transport=memory"
            + " era=legacy"),
        log.lines());
  }

  @Test
  void eachElementOfABatchAndEachRefusalInItHasALine() {
    JsonRpcPayload.Batch batch = new JsonRpcPayload.Batch(List.of(
        Json.parse("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}"),
        Json.parse("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"),
        Json.parse("{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"initialize\"}"),
        Json.parse("5")));
    Exchange exchange = new Exchange() {
      @Override
      public RequestMeta legacyClient() {
        return RequestMeta.of(ProtocolVersion.V2025_03_26);
      }
    };
    builder().requestLog(true).build().port().serve(batch, exchange);
    List<String> lines = log.lines();
    assertEquals(4, lines.size(), lines::toString);
    assertTrue(lines.get(0).startsWith("INFO method=ping outcome=ok requestId=1"), lines::toString);
    assertTrue(lines.get(1).startsWith("FINE method=notifications/initialized"), lines::toString);
    assertTrue(lines.get(2).contains("initialize must not be part"), lines::toString);
    assertTrue(lines.get(3).contains("a message must be an object"), lines::toString);
  }

  @Test
  void aCancelledCallIsNoFailure() {
    CancellationSource cancellation = new CancellationSource();
    McpServer server = McpServer.named("n", "1")
        .requestLog(true)
        .tool(Tool.ofSchema("waits", "", OBJECT, (in, call) -> {
          cancellation.cancel();
          throw new InterruptedException();
        }))
        .build();
    server.handle(request("1", "tools/call", "{'name':'waits'}"), new Exchange() {
      @Override
      public Cancellation cancellation() {
        return cancellation;
      }
    });
    assertTrue(
        log.lines().get(0).startsWith("INFO method=tools/call tool=waits outcome=cancelled"),
        () -> log.lines().toString());
    assertEquals(List.of(), failures.lines());
  }

  @Test
  void itIsOffByDefaultAndATransportMayReplaceIt() {
    builder().build().handle(request("1", "tools/list", "{}"), new Exchange() {});
    builder().requestLog(false).build().handle(request("1", "tools/list", "{}"), new Exchange() {});
    Observer own = operation -> null;
    builder().requestLog(true).build().handle(request("1", "tools/list", "{}"), new Exchange() {
      @Override
      public Attributes attributes() {
        return Attributes.NONE.with(Observer.class, own);
      }
    });
    assertEquals(List.of(), log.lines());
    assertTrue(builder().build().port().logsRequests(true));
    assertFalse(builder().build().port().logsRequests(false));
    assertTrue(builder().requestLog(true).build().port().logsRequests(false));
    assertFalse(builder().requestLog(false).build().port().logsRequests(true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "deep"})
  void anExhaustedHeapOrStackIsAnsweredWithTheIdAndLogged(String tool) {
    JsonRpcMessage.Response answer = handle("tools/call", "'name':'" + tool + "',");
    assertEquals("7", answer.id().toString());
    assertTrue(answer instanceof JsonRpcMessage.Failure, answer::toString);
    assertTrue(
        failures.records().get(0).getMessage().endsWith(": tools/call " + tool + " failed"),
        () -> failures.lines().toString());
    assertTrue(failures.records().get(0).getThrown() instanceof VirtualMachineError);
  }

  @Test
  void failuresNameTheResourceWithoutItsQuery() {
    handle("resources/read", "'uri':'note:///never',");
    String line = failures.lines().get(0);
    assertTrue(line.endsWith(": resources/read note:///never failed"), line);
    assertEquals("note://h/a", RequestLine.withoutSecrets("note://ann:pw@h/a?b#c"));
    assertEquals("a@b", RequestLine.withoutSecrets("a@b"));
    assertEquals("note://h/a@b", RequestLine.withoutSecrets("note://h/a@b"));
    assertEquals("note://h", RequestLine.withoutSecrets("note://ann@h"));
  }

  /** An exception quotes what the client sent, such as that of a number that is none. */
  @Test
  void theTextOfAFailureCannotAddALogLine() {
    handle("tools/call", "'name':'breaks','arguments':{'text':'forged\\n2026 ERROR line'},");
    Throwable thrown = failures.records().get(0).getThrown();
    assertEquals(
        "java.lang.IllegalStateException: cannot read\\n2026 ERROR forged\\n2026 ERROR line",
        thrown.toString());
    assertTrue(thrown.getStackTrace()[0].getClassName().contains("RequestLogTest"));
    assertNull(thrown.getCause());
  }
}
