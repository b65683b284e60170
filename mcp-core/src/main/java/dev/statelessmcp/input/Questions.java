package dev.statelessmcp.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Several questions that are asked at once:
 *
 * <pre>{@code
 * Questions questions = new Questions();
 * Questions.Asked<Name> name = questions.add("name", Elicitation.form("Your name?", Name.class));
 * Questions.Asked<Sampled> joke = questions.add("joke", Sampling.of("Tell a joke", 100));
 * call.ask(questions);
 * name.answer(); // and joke.answer()
 * }</pre>
 *
 * <p>One is used by one run of one handler.
 */
public final class Questions {
  private final Map<String, Asked<?>> all = new LinkedHashMap<>();

  /** No questions yet. */
  public Questions() {}

  /**
   * Adds a question.
   *
   * @param key names it; the same in every run of the handler, and unique in it; not null
   * @param question the question; not null
   * @param <T> what the answer becomes
   * @return gives the answer, once the questions have been asked
   */
  public <T> Asked<T> add(String key, Question<T> question) {
    Asked<T> asked = new Asked<>(key, question);
    if (all.putIfAbsent(key, asked) != null) {
      throw new IllegalArgumentException("there are two questions \"" + key + "\"");
    }
    return asked;
  }

  /**
   * The questions by their keys.
   *
   * @return unmodifiable, in the order in which they were added
   */
  public Map<String, Asked<?>> all() {
    return Collections.unmodifiableMap(all);
  }

  /**
   * A question that has been or will be asked.
   *
   * @param <T> what the answer becomes
   */
  public static final class Asked<T> {
    private final String key;
    private final Question<T> question;
    private T answer;
    private DeclinedException declined;
    private boolean known;

    private Asked(String key, Question<T> question) {
      this.key = key;
      this.question = question;
    }

    /**
     * The question.
     *
     * @return never null
     */
    public Question<T> question() {
      return question;
    }

    /**
     * Takes the client's answer.
     *
     * @param result the result that the client sent; not null
     * @throws InvalidAnswerException if it does not fit the question
     */
    public void take(com.fasterxml.jackson.databind.node.ObjectNode result)
        throws InvalidAnswerException {
      try {
        answer = question.read(result);
      } catch (DeclinedException e) {
        declined = e;
      }
      known = true;
    }

    /**
     * The answer.
     *
     * @return what the client said
     * @throws DeclinedException if the user declined or cancelled
     * @throws IllegalStateException if the questions have not been asked
     */
    public T answer() throws DeclinedException {
      if (!known) {
        throw new IllegalStateException("\"" + key + "\" has not been asked");
      }
      if (declined != null) {
        throw declined;
      }
      return answer;
    }
  }
}
