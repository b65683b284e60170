package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A question to the client. Create one with {@link Elicitation}, {@link Sampling} or {@link Root},
 * and ask it with {@link dev.statelessmcp.call.Call#ask}. Immutable and thread-safe.
 *
 * @param <T> the Java type of the answer
 */
public final class Question<T> {
  private final QuestionKind kind;
  private final String method;
  private final ObjectNode params;
  private final AnswerReader<T> reader;

  /** Keeps the parameters, which must not be changed afterwards. */
  Question(QuestionKind kind, String method, ObjectNode params, AnswerReader<T> reader) {
    this.kind = kind;
    this.method = method;
    this.params = params;
    this.reader = reader;
  }

  /** Converts the client's answer. Immutable and thread-safe. */
  interface AnswerReader<T> {

    /**
     * Converts the client's answer.
     *
     * @throws InvalidAnswerException if it is not valid for the question
     * @throws DeclinedException if the user declined or cancelled
     */
    T read(ObjectNode answer) throws InvalidAnswerException, DeclinedException;
  }

  /**
   * Returns the kind of the question.
   *
   * @return the kind; never null
   */
  public QuestionKind kind() {
    return kind;
  }

  /**
   * Returns the method of the request to the client.
   *
   * @return such as {@code elicitation/create}; never null
   */
  public String method() {
    return method;
  }

  /**
   * Returns the parameters of the request to the client.
   *
   * @return a new object
   */
  public ObjectNode params() {
    return params.deepCopy();
  }

  T read(ObjectNode answer) throws InvalidAnswerException, DeclinedException {
    return reader.read(answer);
  }
}
