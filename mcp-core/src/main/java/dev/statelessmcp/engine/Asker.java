package dev.statelessmcp.engine;

import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.Questions;
import java.util.Map;

/** How an era asks a client in the middle of one call. */
interface Asker {

  /**
   * Refuses the call if its client cannot answer what the handler cannot do without.
   *
   * @throws dev.statelessmcp.protocol.McpException where the era has an error for that
   * @throws dev.statelessmcp.input.UnansweredException where it has none
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
   * Has questions answered, or ends the run of the handler.
   *
   * @param questions the questions by key; they take their answers
   * @throws InterruptedException if the call is cancelled meanwhile
   */
  void ask(Map<String, Questions.Asked<?>> questions) throws InterruptedException;
}
