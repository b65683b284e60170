package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.input.Root;
import dev.statelessmcp.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user's answer to a question of the server. Immutable. */
public final class UserAnswer {
  private static final String ELICITATION = "elicitation/create";

  private enum Kind {
    RESULT,
    RAW_RESULT,
    ERROR,
    NONE
  }

  private final Kind kind;
  private final String method; // of the question; empty for any
  private final ObjectNode content;

  private UserAnswer(Kind kind, String method, ObjectNode content) {
    this.kind = kind;
    this.method = method;
    this.content = content;
  }

  private UserAnswer(String method, ObjectNode result) {
    this(Kind.RESULT, method, result);
  }

  private static UserAnswer elicited(String action, @Nullable ObjectNode content) {
    ObjectNode result = Json.object().put("action", action);
    if (content != null) {
      result.set("content", content);
    }
    return new UserAnswer(ELICITATION, result);
  }

  /**
   * Creates an answer: the user filled in the form.
   *
   * @param content the content; not null
   * @return the answer
   */
  public static UserAnswer form(Record content) {
    return elicited("accept", Trees.object(content));
  }

  /**
   * Creates an answer: the user filled in the form.
   *
   * @param content the values of the fields by name; not null
   * @return the answer
   */
  public static UserAnswer form(Map<String, ?> content) {
    return elicited("accept", Trees.object(content));
  }

  /**
   * Creates an answer: the user agreed to open a URL.
   *
   * @return the answer
   */
  public static UserAnswer accept() {
    return elicited("accept", null);
  }

  /**
   * Creates an answer: the user declined.
   *
   * @return the answer
   */
  public static UserAnswer decline() {
    return elicited("decline", null);
  }

  /**
   * Creates an answer: the user dismissed the question.
   *
   * @return the answer
   */
  public static UserAnswer cancel() {
    return elicited("cancel", null);
  }

  /**
   * Creates a model's answer to a sampling request.
   *
   * @param text the text; not null
   * @return the answer; the name of its model is "test"
   */
  public static UserAnswer sampled(String text) {
    ObjectNode result = Json.object().put("role", "assistant").put("model", "test");
    result.putObject("content").put("type", "text").put("text", text);
    return new UserAnswer("sampling/createMessage", result.put("stopReason", "endTurn"));
  }

  /**
   * Creates an answer with the roots of the client.
   *
   * @param roots the roots; not null
   * @return the answer
   */
  public static UserAnswer roots(Root... roots) {
    ObjectNode result = Json.object();
    result.putArray("roots");
    for (Root root : roots) {
      ObjectNode json = result.withArrayProperty("roots").addObject().put("uri", root.uri());
      if (root.name() != null) {
        json.put("name", root.name());
      }
    }
    return new UserAnswer("roots/list", result);
  }

  /**
   * Creates an answer in its wire form, which is not checked against the rules of the revision.
   *
   * @param method the method of the question, such as {@code elicitation/create}; not null
   * @param result the result; not null
   * @return the answer
   */
  public static UserAnswer raw(String method, ObjectNode result) {
    return new UserAnswer(Kind.RAW_RESULT, method, result.deepCopy());
  }

  /**
   * Creates an answer that is an error of the client, which only legacy clients can send.
   *
   * @param code the code, such as -32603
   * @param message the message; not null
   * @return the answer to a question of any kind
   */
  public static UserAnswer error(int code, String message) {
    ObjectNode error = Json.object().put("code", code).put("message", message);
    return new UserAnswer(Kind.ERROR, "", error);
  }

  /**
   * Creates an answer that never comes. A legacy call waits until the server withdraws the
   * question. A modern call ends with the question, a result of type {@code input_required}.
   *
   * @return the answer to a question of any kind
   */
  public static UserAnswer none() {
    return new UserAnswer(Kind.NONE, "", Json.object());
  }

  boolean answers(String asked) {
    return method.isEmpty() || method.equals(asked);
  }

  boolean isChecked() {
    return kind == Kind.RESULT;
  }

  boolean isError() {
    return kind == Kind.ERROR;
  }

  boolean isNone() {
    return kind == Kind.NONE;
  }

  String method() {
    return method;
  }

  ObjectNode toJson() {
    return content.deepCopy();
  }
}
