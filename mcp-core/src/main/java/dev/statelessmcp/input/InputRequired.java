package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Ends the run of a handler that has asked something which is not answered yet. It is an
 * {@code Error} so that a handler's {@code catch (Exception e)} lets it pass. Nobody but the engine
 * is to catch it.
 */
public final class InputRequired extends Error {
  private static final long serialVersionUID = 1L;

  private final transient Map<String, Question<?>> questions;
  private final transient Map<String, ObjectNode> answers;

  /**
   * Ends a run.
   *
   * @param questions what is to be asked, by key
   * @param answers what has been answered in earlier rounds, by key
   */
  public InputRequired(Map<String, Question<?>> questions, Map<String, ObjectNode> answers) {
    super("input required; this must not be caught", null, false, false);
    this.questions = questions;
    this.answers = answers;
  }

  /**
   * What is to be asked.
   *
   * @return questions by key
   */
  public Map<String, Question<?>> questions() {
    return questions;
  }

  /**
   * What has been answered in earlier rounds.
   *
   * @return the client's results by key
   */
  public Map<String, ObjectNode> answers() {
    return answers;
  }
}
