package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.content.Role;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.json.Json;

/**
 * Creates questions to the client's model. Sampling is deprecated since 2026-07-28. It still works;
 * new servers should call a model themselves instead. The questions are immutable and thread-safe.
 *
 * <pre>{@code
 * SamplingResult joke = call.ask("joke", Sampling.of("Tell a joke", 100));
 * return ToolResult.text(joke.text());
 * }</pre>
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/client/sampling">Sampling</a>
 */
public final class Sampling {

  private Sampling() {}

  /**
   * Creates a question with one prompt.
   *
   * @param prompt the text of the user message; not null
   * @param maxTokens the maximum length of the answer, in tokens; at least 1
   * @return the question; never null
   * @throws IllegalArgumentException if {@code maxTokens} is less than 1
   */
  public static Question<SamplingResult> of(String prompt, int maxTokens) {
    ObjectNode params = Json.object();
    ObjectNode message = params.putArray("messages").addObject();
    message.put("role", Role.USER.toString());
    message.set("content", TextContent.of(prompt).toJson());
    return of(params.put("maxTokens", maxTokens));
  }

  /**
   * Creates a question with any parameters of {@code sampling/createMessage}, such as several
   * messages or a system prompt.
   *
   * @param params the parameters; not null, must not be changed afterwards
   * @return the question; never null
   * @throws IllegalArgumentException if {@code messages} is not an array, or {@code maxTokens} is
   *     less than 1
   */
  public static Question<SamplingResult> of(ObjectNode params) {
    if (!params.path("messages").isArray()) {
      throw new IllegalArgumentException("messages must be an array");
    }
    int maxTokens = params.path("maxTokens").asInt();
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens must be at least 1, was " + maxTokens);
    }
    return new Question<>(QuestionKind.SAMPLING, "sampling/createMessage", params, new Reader());
  }

  private static final class Reader implements Question.AnswerReader<SamplingResult> {
    @Override
    public SamplingResult read(ObjectNode answer) throws InvalidAnswerException {
      JsonNode content = answer.path("content");
      if (!answer.path("role").isTextual()
          || !answer.path("model").isTextual()
          || !(content.isObject() || content.isArray())) {
        throw new InvalidAnswerException("role, content and model are required");
      }
      return new SamplingResult(
          answer.get("role").textValue(),
          content,
          answer.get("model").textValue(),
          answer.path("stopReason").textValue());
    }
  }
}
