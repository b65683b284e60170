package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.content.Role;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.json.Json;

/**
 * Questions to the client's model. Sampling is deprecated since 2026-07-28: it works, and new
 * servers should rather call a model themselves.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/client/sampling">Sampling</a>
 */
public final class Sampling {

  private Sampling() {}

  /**
   * One prompt.
   *
   * @param prompt what the user says; not null
   * @param maxTokens how long the answer may be; at least 1
   * @return the question
   */
  public static Question<Sampled> of(String prompt, int maxTokens) {
    ObjectNode params = Json.object();
    ObjectNode message = params.putArray("messages").addObject();
    message.put("role", Role.USER.toString());
    message.set("content", new TextContent(prompt).toJson());
    return of(params.put("maxTokens", maxTokens));
  }

  /**
   * Anything that {@code sampling/createMessage} can say.
   *
   * @param params its parameters; not null, not to be changed afterwards
   * @return the question
   */
  public static Question<Sampled> of(ObjectNode params) {
    if (!params.path("messages").isArray() || params.path("maxTokens").asInt() < 1) {
      throw new IllegalArgumentException("sampling needs messages, and maxTokens of at least 1");
    }
    return new Question<>() {
      @Override
      public QuestionKind kind() {
        return QuestionKind.SAMPLING;
      }

      @Override
      public String method() {
        return "sampling/createMessage";
      }

      @Override
      public ObjectNode params() {
        return params.deepCopy();
      }

      @Override
      public Sampled read(ObjectNode answer) throws InvalidAnswerException {
        JsonNode content = answer.path("content");
        if (!answer.path("role").isTextual()
            || !answer.path("model").isTextual()
            || !(content.isObject() || content.isArray())) {
          throw new InvalidAnswerException("role, content and model are required");
        }
        return new Sampled(
            answer.get("role").textValue(),
            content,
            answer.get("model").textValue(),
            answer.path("stopReason").textValue());
      }
    };
  }
}
