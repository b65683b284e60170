package dev.statelessmcp.engine;

import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import java.util.Map;

/** Asks a client during a call, as its era does. */
interface Asker {

  /**
   * Refuses the call if its client cannot answer the questions that the handler needs.
   *
   * @throws dev.statelessmcp.protocol.McpException if the era has an error for that
   * @throws dev.statelessmcp.input.UnansweredException if it has none
   */
  void requireDeclared();

  /**
   * Whether the client answers a kind of question.
   *
   * @param kind the kind
   * @return true if it can be asked
   */
  boolean canAsk(QuestionKind kind);

  /**
   * Asks questions, or ends the run of the handler.
   *
   * @param questions the questions by key, which store their answers
   * @throws InterruptedException if the call is cancelled
   */
  void ask(Map<String, Questions.Asked<?>> questions) throws InterruptedException;
}
