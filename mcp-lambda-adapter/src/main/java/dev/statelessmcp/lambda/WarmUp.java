package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.input.Elicitation;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * Has every class and path of a first call loaded and run before there is one.
 *
 * <p>Made-up requests are better than a list of classes: they cannot go stale. One of each kind is
 * enough: what all senders have in common is run for one of them.
 */
final class WarmUp {
  private static final String VERSION = ProtocolVersion.of(Era.MODERN).get(0).toString();
  private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\""
      + VERSION
      + "\",\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{\"form\":{}}}}";

  private final Context context = new WarmUpContext();
  private final LambdaSettings settings;
  private final McpFunction function;

  private WarmUp(McpServer server, LambdaSettings settings, TimedCalls calls) {
    this.settings = settings;
    function = new McpFunction(server, settings, Map.of(), calls);
  }

  /** The arguments of a tool that stands for all the user's, which are not to be run. */
  record Word(String text) {}

  /** A question that stands for theirs: many ask for a number, whose type is dear to initialize. */
  record Form(String text, int number) {}

  /** That tool. No lambda expression: one costs more than a class does. */
  private static final class SendBack implements ToolHandler<Word, ToolResult> {
    @Override
    public ToolResult handle(Word word, ToolCall call) {
      return ToolResult.text(word.text());
    }
  }

  /**
   * Runs it.
   *
   * @param calls of the function, whose first call is to find a thread there
   */
  static void run(McpServer server, LambdaSettings settings, TimedCalls calls) {
    // An authenticator may look things up in the network: it is not asked;
    // and what is set for the calls of clients must not keep the function from starting
    LambdaSettings quiet = settings
        .path(null)
        .authenticator(Authenticator.NONE)
        .limits(JsonLimits.DEFAULT)
        .gatewayTimeout(Duration.ofMinutes(15));
    // The user's server may refuse these, since it does not know who calls: any answer will do
    WarmUp real = new WarmUp(server, quiet, TimedCalls.untimed());
    real.send(httpApi("tools/list", "{" + META + "}", null));
    real.send(direct("initialize", initialize()));
    Thread.interrupted(); // an interceptor of the user may have left it
    // Only this one as calls are run, on a thread of its own: to change threads takes its time
    WarmUp standIn = new WarmUp(standIn(server), quiet, calls);
    String call = "{\"name\":\"warm-up\",\"arguments\":{\"text\":\"é\"}," + META + "}";
    String answer = standIn.send(httpApi("tools/call", call, "warm-up"));
    if (answer.contains("error")) {
      throw new IllegalStateException("the warm-up failed: " + answer);
    }
    standIn.translate(restApi());
    standIn.translate(alb());
  }

  private static McpServer standIn(McpServer server) {
    McpServer.Builder standIn = McpServer.named("warm-up", "1");
    if (!server.port().asksClients()) {
      return standIn.tool(Tool.of("warm-up", "", Word.class, new SendBack())).build();
    }
    // Cryptography is most of what a first question costs. Its key seals nothing but this
    return standIn
        .tool(Tool.of(
                "warm-up",
                "",
                Word.class,
                (word, call) ->
                    ToolResult.text(call.ask("word", Elicitation.form("Which word?", Form.class))
                        .text()))
            .asks(QuestionKind.FORM))
        .stateKeys(StateKeys.ofThisProcess())
        .build();
  }

  private String send(ObjectNode event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(512);
    try {
      function.serve(Json.write(event), new BufferedResponse(out), false, context, null);
    } catch (Exception e) {
      throw new IllegalStateException("the warm-up failed", e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Runs what a sender has of its own: from its event to a request, and to its kind of answer. */
  private void translate(ObjectNode event) {
    HttpEvent http = HttpEvent.of(event);
    InvocationLog log = new InvocationLog(context);
    settings.deadlines().of(context, http, false);
    Attributes attributes = Attributes.NONE
        .with(Caller.class, settings.callerOf(http, log))
        .with(
            Invocation.class,
            new Invocation(http.source(), event, http.requestId(), http.sourceIp(), context, log));
    HttpRequest request = http.toRequest(attributes);
    http.answer(200, McpFunction.JSON, http.body());
    if (!request.method().equals("POST")) {
      throw new IllegalStateException("the warm-up failed: " + event);
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

  private static ObjectNode httpApi(String method, String params, String name) {
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

  private static ObjectNode event(String method, String params, String name) {
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
