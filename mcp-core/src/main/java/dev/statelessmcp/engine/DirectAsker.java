package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import dev.statelessmcp.input.UnansweredException;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import java.util.Map;
import java.util.Optional;

/** Asks by sending the client a request, if there is a connection. */
final class DirectAsker implements Asker {
  private final ServedRequest call;
  private final Asks asks;

  DirectAsker(ServedRequest call, Asks asks) {
    this.call = call;
    this.asks = asks;
  }

  @Override
  public void requireDeclared() {
    for (QuestionKind kind : QuestionKind.values()) {
      if (asks.required().contains(kind) && !canAsk(kind)) {
        throw cannot(kind);
      }
    }
  }

  @Override
  public boolean canAsk(QuestionKind kind) {
    return call.exchange().connection().isPresent()
        && kind.isDeclaredBy(call.meta().clientCapabilities());
  }

  private UnansweredException cannot(QuestionKind kind) {
    return new UnansweredException(
        call.exchange().connection().isEmpty()
            ? "This call must ask the client, which revision "
                + call.meta().version()
                + " supports only over stdio or in a session; revision 2026-07-28 needs neither"
            : "The client did not declare the capability that this call needs: " + kind);
  }

  @Override
  public void ask(Map<String, Questions.Asked<?>> questions) throws InterruptedException {
    for (Questions.Asked<?> asked : questions.values()) {
      if (!canAsk(asked.question().kind())) {
        throw cannot(asked.question().kind());
      }
      call.between(true, asked.question().method(), asked.question().params());
      JsonRpcMessage.Response response = call.exchange()
          .request(asked.question().method(), asked.question().params(), call.cancellation());
      if (response instanceof JsonRpcMessage.Failure failure) {
        throw new UnansweredException(
            "The client could not answer: " + failure.error().message());
      }
      ObjectNode answer = ((JsonRpcMessage.Result) response).result();
      call.between(false, asked.question().method(), answer);
      Optional<String> problem = asked.take(answer);
      if (problem.isPresent()) {
        throw new UnansweredException("The client's answer is not valid: " + problem.get());
      }
    }
  }
}
