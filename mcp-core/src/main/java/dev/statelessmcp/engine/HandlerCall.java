package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.prompt.PromptCall;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.resource.ReadCall;
import dev.statelessmcp.tool.ToolCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The call that a handler sees; closed when the handler has returned. */
class HandlerCall implements Call, AutoCloseable {
  final ServedRequest call;
  private final boolean logs;
  private final Asks asks;
  private final @Nullable Asker asker;
  private final Object sending = new Object();
  private double reported = Double.NEGATIVE_INFINITY;
  private boolean closed;
  private volatile @Nullable InputRequired asked;

  HandlerCall(ServedRequest call, Asks asks) {
    this.call = call;
    this.logs = call.server().logs();
    this.asks = asks;
    JsonNode responses = Params.get(call.params(), "inputResponses");
    boolean silent = asks.isEmpty() && (responses == null || responses.isObject());
    this.asker = silent ? null : call.wire().asker(call, asks); // refuses malformed answers
    if (asker != null) {
      asker.requireDeclared();
    }
  }

  @Override
  public final RequestMeta meta() {
    return call.meta();
  }

  @Override
  public final Caller caller() {
    return call.exchange().caller();
  }

  @Override
  public final Map<String, List<String>> headers() {
    return call.exchange().headers();
  }

  @Override
  public final Attributes attributes() {
    return call.exchange().attributes();
  }

  @Override
  public final TraceContext trace() {
    return call.trace();
  }

  @Override
  public final Cancellation cancellation() {
    return call.cancellation();
  }

  @Override
  public final Optional<Instant> deadline() {
    return call.exchange().deadline();
  }

  /**
   * "The progress value MUST increase with each notification", and "Progress notifications MUST
   * stop after completion".
   */
  @Override
  public final void progress(double progress, double total, @Nullable String message) {
    JsonNode token = call.meta().progressToken().orElse(null);
    if (token == null || !Double.isFinite(progress)) {
      return;
    }
    ObjectNode params = Json.object();
    params.set("progressToken", token);
    params.set("progress", number(progress));
    if (total > 0 && Double.isFinite(total)) {
      params.set("total", number(total));
    }
    if (message != null) {
      params.put("message", message);
    }
    // Sent under the lock, so that two threads cannot send in the wrong order
    synchronized (sending) {
      if (isOpen() && progress > reported) {
        reported = progress;
        send("notifications/progress", params);
      }
    }
  }

  /** A number without a fraction if it has none: 1 instead of 1.0. */
  private static JsonNode number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1L << 53
        ? Json.NODES.numberNode((long) value)
        : Json.NODES.numberNode(value);
  }

  @Override
  public final void log(LogLevel level, @Nullable String logger, JsonNode data) {
    if (!logs) {
      throw new IllegalStateException("the server is not built with logging()");
    }
    LogLevel least = call.meta().logLevel().orElse(null);
    if (least == null || level.compareTo(least) < 0) {
      return;
    }
    ObjectNode params = Json.object().put("level", level.toString());
    if (logger != null) {
      params.put("logger", logger);
    }
    params.set("data", data);
    Json.requireWritable(params);
    synchronized (sending) {
      if (isOpen()) {
        send("notifications/message", params);
      }
    }
  }

  private boolean isOpen() {
    return !closed && !call.cancellation().isCancelled();
  }

  private void send(String method, ObjectNode params) {
    call.send(method, params);
  }

  @Override
  public final void requireExtension(String id) {
    if (!call.meta().clientCapabilities().has("extensions", id)) {
      throw McpException.missingExtension(id);
    }
  }

  @Override
  public final void requireScopes(List<String> scopes) {
    call.server().scopes().require(scopes, call.exchange());
  }

  @Override
  public final boolean canAsk(QuestionKind kind) {
    return asker != null && asks.includes(kind) && asker.canAsk(kind);
  }

  @Override
  public final <T> T ask(String key, Question<T> question)
      throws DeclinedException, InterruptedException {
    Questions questions = new Questions();
    Questions.Asked<T> one = questions.add(key, question);
    ask(questions);
    return one.answer();
  }

  @Override
  public final void ask(Questions questions) throws InterruptedException {
    for (Questions.Asked<?> each : questions.all().values()) {
      if (!asks.includes(each.question().kind())) {
        throw new IllegalStateException("the handler asks a question of kind "
            + each.question().kind()
            + " and does not declare it; call asks or mayAsk");
      }
    }
    if (asker == null) { // so there are no questions
      return;
    }
    try {
      asker.ask(questions.all());
    } catch (InputRequired ending) {
      asked = ending;
      throw ending;
    }
  }

  /**
   * Called when the handler has ended, in any way: the call ends with its question, even if the
   * handler has caught the error.
   */
  final void throwIfAsked() {
    if (asked != null) {
      throw asked;
    }
  }

  @Override
  public final void close() {
    synchronized (sending) {
      closed = true;
    }
  }

  /** A call of a tool. */
  static final class OfTool extends HandlerCall implements ToolCall {
    private final String name;
    private volatile @Nullable ObjectNode resultMeta;

    OfTool(ServedRequest call, Asks asks, String name) {
      super(call, asks);
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public void resultMeta(ObjectNode meta) {
      resultMeta = meta;
    }

    /** Adds the metadata that the handler has set, unless the result has its own. */
    ObjectNode withMeta(ObjectNode result) {
      ObjectNode meta = resultMeta;
      if (meta != null && !result.has("_meta")) {
        result.set("_meta", meta.deepCopy());
      }
      return result;
    }
  }

  /** A call of a prompt. */
  static final class OfPrompt extends HandlerCall implements PromptCall {
    private final String name;
    private final Map<String, String> arguments;

    OfPrompt(ServedRequest call, Asks asks, String name, Map<String, String> arguments) {
      super(call, asks);
      this.name = name;
      this.arguments = arguments;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Map<String, String> arguments() {
      return arguments;
    }
  }

  /** A read of a resource. */
  static final class OfResource extends HandlerCall implements ReadCall {
    private final String uri;
    private final Map<String, String> variables;

    OfResource(ServedRequest call, Asks asks, String uri, Map<String, String> variables) {
      super(call, asks);
      this.uri = uri;
      this.variables = variables;
    }

    @Override
    public String uri() {
      return uri;
    }

    @Override
    public Map<String, String> variables() {
      return variables;
    }
  }
}
