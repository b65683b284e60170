package dev.statelessmcp.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.content.Role;
import dev.statelessmcp.content.TextContent;
import dev.statelessmcp.json.Json;

/** Creates the questions to the client's model. */
final class Sampling {

  private Sampling() {}

  static Question<SamplingResult> of(String prompt, int maxTokens) {
    ObjectNode params = Json.object();
    ObjectNode message = params.putArray("messages").addObject();
    message.put("role", Role.USER.toString());
    message.set("content", TextContent.of(prompt).toJson());
    return of(params.put("maxTokens", maxTokens));
  }

  static Question<SamplingResult> of(ObjectNode params) {
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
