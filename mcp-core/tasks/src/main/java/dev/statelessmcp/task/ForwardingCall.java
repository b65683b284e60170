package dev.statelessmcp.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.Cancellation;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.input.DeclinedException;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.protocol.LogLevel;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.tool.ToolCall;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call that adds to another one. */
abstract class ForwardingCall implements TaskCall {
  final ToolCall call;

  ForwardingCall(ToolCall call) {
    this.call = call;
  }

  @Override
  public final String name() {
    return call.name();
  }

  @Override
  public final void resultMeta(ObjectNode meta) {
    call.resultMeta(meta);
  }

  @Override
  public final RequestMeta meta() {
    return call.meta();
  }

  @Override
  public final Caller caller() {
    return call.caller();
  }

  @Override
  public final Map<String, List<String>> headers() {
    return call.headers();
  }

  @Override
  public final Attributes attributes() {
    return call.attributes();
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
    return call.deadline();
  }

  @Override
  public void progress(double progress, double total, @Nullable String message) {
    call.progress(progress, total, message);
  }

  @Override
  public final void log(LogLevel level, @Nullable String logger, JsonNode data) {
    call.log(level, logger, data);
  }

  @Override
  public final void requireExtension(String id) {
    call.requireExtension(id);
  }

  @Override
  public final void requireScopes(List<String> scopes) {
    call.requireScopes(scopes);
  }

  @Override
  public final boolean canAsk(QuestionKind kind) {
    return call.canAsk(kind);
  }

  @Override
  public final <T> T ask(String key, Question<T> question)
      throws DeclinedException, InterruptedException {
    Questions questions = new Questions();
    Questions.Asked<T> one = questions.add(key, question);
    ask(questions);
    return one.answer();
  }
}
