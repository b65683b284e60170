package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A question to the client: to its user, to its model, or about its root directories. Ask it with
 * {@link dev.statelessmcp.call.Call#ask}. Immutable and thread-safe.
 *
 * <pre>{@code
 * record Name(String first, Optional<String> last) {}
 *
 * Tool greet = Tool.ofSchema("greet", "Greets the user", "{\"type\":\"object\"}", (in, call) -> {
 *   Name name = call.ask("name", Question.form("What is your name?", Name.class));
 *   return ToolResult.text("Hello " + name.first());
 * }).asks(QuestionKind.FORM);
 * }</pre>
 *
 * @param <T> the Java type of the answer
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/client/elicitation">Elicitation</a>
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
   * Creates a form for the user to fill in. Its fields are the components of a record: strings,
   * numbers, booleans, enums, and lists or sets of enums. The annotations {@code @Title},
   * {@code @Description}, {@code @Default}, {@code @Range}, {@code @Length} and {@code @Format} add
   * to its schema. The answer is checked against the record. In 2026-07-28 an invalid answer is
   * asked for again; in earlier revisions the call then ends with an error.
   *
   * @param message the text that the user sees with the form; not null
   * @param type the record; not null
   * @param <T> the record that the user fills in
   * @return the question; never null
   * @throws IllegalArgumentException if a component is of another type, since "complex nested
   *     structures … are intentionally not supported"
   */
  public static <T extends Record> Question<T> form(String message, Class<T> type) {
    return Elicitation.form(message, type);
  }

  /**
   * Creates a form whose schema is written by hand.
   *
   * @param message the text that the user sees with the form; not null
   * @param schema a JSON Schema as text, for an object whose properties are strings, numbers,
   *     booleans or choices; not null
   * @return the question, whose answer is the object that the user filled in; never null
   * @throws IllegalArgumentException if the schema is not valid, or has other properties
   */
  public static Question<ObjectNode> form(String message, String schema) {
    return Elicitation.form(message, schema);
  }

  /**
   * Creates a request to the user to visit a page. The answer says that the user agreed to open it,
   * and not that the user has visited it.
   *
   * @param message the text that the user sees with the URL; not null
   * @param url an absolute URL; not null
   * @param id the unique id of the elicitation, for clients of 2025-11-25; not null
   * @return the question, whose answer is always true; never null
   * @throws IllegalArgumentException if the URL is not absolute
   */
  public static Question<Boolean> url(String message, String url, String id) {
    return Elicitation.url(message, url, id);
  }

  /**
   * Creates a question with one prompt to the client's model. Sampling is deprecated since
   * 2026-07-28. It still works; new servers should call a model themselves instead.
   *
   * @param prompt the text of the user message; not null
   * @param maxTokens the maximum length of the answer, in tokens; at least 1
   * @return the question; never null
   * @throws IllegalArgumentException if {@code maxTokens} is less than 1
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/client/sampling">Sampling</a>
   */
  public static Question<SamplingResult> sampling(String prompt, int maxTokens) {
    return Sampling.of(prompt, maxTokens);
  }

  /**
   * Creates a question to the client's model with any parameters of {@code sampling/createMessage},
   * such as several messages or a system prompt.
   *
   * @param params the parameters; not null, must not be changed afterwards
   * @return the question; never null
   * @throws IllegalArgumentException if {@code messages} is not an array, or {@code maxTokens} is
   *     less than 1
   */
  public static Question<SamplingResult> sampling(ObjectNode params) {
    return Sampling.of(params);
  }

  /**
   * Creates the question for all root directories of the client. Roots are deprecated since
   * 2026-07-28. They still work; new servers should take directories as arguments instead.
   *
   * @return the question; its answer is unmodifiable
   * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/client/roots">Roots</a>
   */
  public static Question<List<Root>> roots() {
    return Root.list();
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
