package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something to ask the client. Immutable.
 *
 * @param <T> what the answer becomes
 */
public interface Question<T> {

  /**
   * What kind of question it is.
   *
   * @return the kind
   */
  QuestionKind kind();

  /**
   * The method by which it is asked.
   *
   * @return such as {@code elicitation/create}
   */
  String method();

  /**
   * The parameters with which it is asked.
   *
   * @return a new object
   */
  ObjectNode params();

  /**
   * Reads the client's answer.
   *
   * @param answer the result that the client sent; not null
   * @return what it means
   * @throws InvalidAnswerException if it is malformed or does not fit the question, which is then
   *     asked again
   * @throws DeclinedException if the user declined or cancelled
   */
  T read(ObjectNode answer) throws InvalidAnswerException, DeclinedException;
}
