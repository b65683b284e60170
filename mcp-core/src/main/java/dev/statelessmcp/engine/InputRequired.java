package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.input.Question;
import java.util.Map;

/**
 * Ends the run of a handler that has asked a question whose answer is not known yet. It is an
 * {@code Error}, so that {@code catch (Exception e)} in a handler does not catch it. Only the
 * engine may catch it.
 */
final class InputRequired extends Error {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Question<?>> questions;
  private final transient Map<String, ObjectNode> answers;

  /**
   * Creates the error.
   *
   * @param questions the unanswered questions by key
   * @param answers the client's results of earlier rounds by key
   */
  InputRequired(Map<String, Question<?>> questions, Map<String, ObjectNode> answers) {
    super("input required; this must not be caught", null, false, false);
    this.questions = questions;
    this.answers = answers;
  }

  /** The unanswered questions by key. */
  Map<String, Question<?>> questions() {
    return questions;
  }

  /** The client's results of earlier rounds by key. */
  Map<String, ObjectNode> answers() {
    return answers;
  }
}
