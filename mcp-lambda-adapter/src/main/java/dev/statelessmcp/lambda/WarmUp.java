package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads and runs the code that a first call needs, with synthetic requests, which unlike a list of
 * classes cannot become outdated. One of each kind is enough, and code that all senders share runs
 * once.
 */
final class WarmUp { // cold start
  private static final String VERSION = ProtocolVersion.of(Era.MODERN).get(0).toString();
  private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
      + VERSION
      + "\",\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{\"form\":{}}}}";

  private final Context context = new WarmUpContext();
  private final LambdaSettings settings;
  private final McpFunction function;

  private WarmUp(McpServer server, LambdaSettings settings, CallRunner runner) {
    this.settings = settings;
    function = new McpFunction(server, settings, Map.of(), runner);
  }

  /** The arguments of a tool that replaces the user's tools, which must not run. */
  record Word(String text) {}

  /**
   * A question that replaces the user's questions. Many ask for a number, whose type loads slowly.
   */
  record Form(String text, int number) {}

  /** The tool. A lambda expression would cost more than a class. */
  private static final class SendBack implements ToolHandler<Word, ToolResult> {
    @Override
    public ToolResult handle(Word word, ToolCall call) {
      return ToolResult.text(word.text());
    }
  }

  /**
   * Warms up a server.
   *
   * @param runner the runner of the function, which keeps the thread for its first call
   */
  static void run(McpServer server, LambdaSettings settings, CallRunner runner) {
    // Without the authenticator, which may use the network, and without
    // settings for the calls of clients, which must not keep the function from starting
    LambdaSettings quiet = settings
        .path(null)
        .authenticator(Authenticator.NONE)
        .limits(JsonLimits.DEFAULT)
        .gatewayTimeout(Duration.ofMinutes(15));
    // Interceptors and observers would count these as calls of a client.
    // A catalog may refuse them, since they have no caller: any answer is fine
    WarmUp real = new WarmUp(server.withoutInterceptors(), quiet, CallRunner.untimed());
    real.send(httpApi("tools/list", "{" + META + "}", null));
    real.send(direct("initialize", initialize()));
    Thread.interrupted(); // a catalog may have set it
    // Only this one on another thread, as calls run, because a thread switch is slow
    WarmUp standIn = new WarmUp(standIn(server), quiet, runner);
    String call = "{\"name\":\"warm-up\",\"arguments\":{\"text\":\"é\"}," + META + "}";
    String answer = standIn.send(httpApi("tools/call", call, "warm-up"));
    if (answer.contains("error")) {
      throw new IllegalStateException("The warm-up failed: " + answer);
    }
    standIn.translate(restApi());
    standIn.translate(alb());
  }

  private static McpServer standIn(McpServer server) {
    McpServer.Builder standIn = McpServer.named("warm-up", "1");
    if (!server.port().asksClients()) {
      return standIn.tool(Tool.of("warm-up", "", Word.class, new SendBack())).build();
    }
    // Most of the cost of a first question is cryptography. This key encrypts nothing else
    return standIn
        .tool(Tool.of(
                "warm-up",
                "",
                Word.class,
                (word, call) -> ToolResult.text(
                    call.ask("word", Question.form("Which word?", Form.class)).text()))
            .asks(QuestionKind.FORM))
        .stateKeys(StateKeys.ofThisProcess())
        .build();
  }

  private String send(ObjectNode event) {
    try {
      byte[] bytes = Json.write(event);
      JsonNode read = Json.read(bytes, JsonLimits.DEFAULT);
      Answer answer = function.serve(read, bytes.length, Attributes.NONE, context, null);
      return answer == null ? "" : new String(answer.bytes(), StandardCharsets.UTF_8);
    } catch (Exception e) {
      throw new IllegalStateException("The warm-up failed", e);
    }
  }

  /** Runs the code of one sender, from its event to a request and to its answer. */
  private void translate(ObjectNode event) {
    HttpEvent http = HttpEvent.of(event);
    if (http == null) {
      throw new IllegalStateException("The warm-up failed: " + event);
    }
    settings.deadlines().of(context, http, false);
    Invocation invocation =
        new Invocation(http.source(), event, http, context, Attributes.NONE, settings, Map.of());
    Caller caller = settings.callerOf(http, invocation.log());
    Attributes attributes = invocation.attributes().with(Caller.class, caller);
    HttpRequest request = http.toRequest(attributes);
    http.answer(200, McpFunction.JSON, http.body());
    if (!request.method().equals("POST")) {
      throw new IllegalStateException("The warm-up failed: " + event);
    }
  }

  private static String initialize() {
    return "{\"protocolVersion\":\""
        + ProtocolVersion.NEWEST_LEGACY
        + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"warm-up\",\"version\":\"1\"}}";
  }

  private static ObjectNode direct(String method, String params) {
    ObjectNode message = Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", method);
    message.set("params", Json.parse(params));
    return message;
  }

  private static ObjectNode httpApi(String method, String params, @Nullable String name) {
    ObjectNode event = event(method, params, name).put("rawPath", "/");
    event.putObject("requestContext").putObject("http").put("method", "POST");
    return event;
  }

  private static ObjectNode restApi() {
    ObjectNode event =
        event("ping", "{}", null).put("httpMethod", "POST").put("resource", "/").put("path", "/");
    event.putObject("requestContext").put("stage", "warm-up");
    return event;
  }

  private static ObjectNode alb() {
    ObjectNode event = event("ping", "{}", null).put("httpMethod", "POST").put("path", "/");
    event.putObject("requestContext").putObject("elb");
    return event;
  }

  private static ObjectNode event(String method, String params, @Nullable String name) {
    ObjectNode event = Json.object();
    ObjectNode headers = event.putObject("headers");
    headers.put("host", "warm-up").put("content-type", "application/json");
    headers.put("accept", "application/json, text/event-stream");
    headers.put("mcp-protocol-version", VERSION);
    headers.put("mcp-method", method);
    if (name != null) {
      headers.put("mcp-name", name);
    }
    return event.put("body", Json.text(direct(method, params))).put("isBase64Encoded", false);
  }
}
