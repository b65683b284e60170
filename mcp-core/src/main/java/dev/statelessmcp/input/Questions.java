package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Several questions that are asked at once, in one round trip:
 *
 * <pre>{@code
 * Questions questions = new Questions();
 * Questions.Asked<Name> name = questions.add("name", Question.form("Your name?", Name.class));
 * Questions.Asked<SamplingResult> joke = questions.add("joke", Question.sampling("Tell a joke", 100));
 * call.ask(questions);
 * ToolResult.text(name.answer().first() + ": " + joke.answer().text());
 * }</pre>
 *
 * <p>For one run of one handler. Not thread-safe.
 */
public final class Questions {
  private final Map<String, Asked<?>> all = new LinkedHashMap<>();

  /** Creates an empty set of questions. */
  public Questions() {}

  /**
   * Adds a question.
   *
   * @param key identifies the question; unique in the handler, and the same in every run of it; not
   *     null
   * @param question the question; not null
   * @param <T> the Java type of the answer
   * @return holds the answer after {@link dev.statelessmcp.call.Call#ask(Questions)}
   * @throws IllegalArgumentException if the key is used already
   */
  public <T> Asked<T> add(String key, Question<T> question) {
    Asked<T> asked = new Asked<>(key, question);
    if (all.putIfAbsent(key, asked) != null) {
      throw new IllegalArgumentException(
          "the key of a question must be unique, \"" + key + "\" is used already");
    }
    return asked;
  }

  /**
   * Returns the questions by their keys. Not part of the API: for the engine.
   *
   * @return unmodifiable, in the order in which they were added
   */
  public Map<String, Asked<?>> all() {
    return Collections.unmodifiableMap(all);
  }

  /**
   * A question, and its answer once it has been asked.
   *
   * @param <T> the Java type of the answer
   */
  public static final class Asked<T> {
    private final String key;
    private final Question<T> question;
    private @Nullable T answer;
    private @Nullable DeclinedException declined;
    private @Nullable ObjectNode response;

    private Asked(String key, Question<T> question) {
      this.key = key;
      this.question = question;
    }

    /**
     * Returns the question.
     *
     * @return never null
     */
    public Question<T> question() {
      return question;
    }

    /**
     * Sets the client's answer. Not part of the API: for the engine.
     *
     * @param result the result that the client sent; not null
     * @return what is wrong with the answer; empty if it is valid
     */
    public Optional<String> take(ObjectNode result) {
      try {
        answer = question.read(result);
      } catch (DeclinedException e) {
        declined = e;
      } catch (InvalidAnswerException e) {
        return Optional.of(String.valueOf(e.getMessage()));
      }
      response = result;
      return Optional.empty();
    }

    /**
     * Returns the result that the client sent, for an extension that stores answers and passes them
     * to {@link #take} in a later run.
     *
     * @return empty if the question has no valid answer yet; must not be changed
     */
    public Optional<ObjectNode> response() {
      return Optional.ofNullable(response);
    }

    /**
     * Returns the answer.
     *
     * @return the answer of the client; never null
     * @throws DeclinedException if the user declined or cancelled
     * @throws IllegalStateException if the questions have not been asked
     */
    public T answer() throws DeclinedException {
      if (declined != null) {
        throw declined;
      }
      if (answer == null) {
        throw new IllegalStateException(
            "the question \"" + key + "\" must be asked first, by call.ask(questions)");
      }
      return answer;
    }
  }
}
