package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request, with the messages before it. Assertions return the answer; a failed
 * assertion throws an {@link AssertionError} with the transcript of the connection. Immutable.
 */
public final class TestAnswer extends TestExchange {
  private final RequestSettings settings;
  private final @Nullable String tool; // null if it answers another request
  private final @Nullable ObjectNode message; // null if there was none

  TestAnswer(
      Conversation conversation,
      RequestSettings settings,
      @Nullable String tool,
      @Nullable ObjectNode message,
      List<ObjectNode> notifications,
      List<AskedQuestion> asked,
      int status,
      Map<String, String> headers,
      String content) {
    super(conversation, notifications, asked, status, headers, content);
    this.settings = settings;
    this.tool = tool;
    this.message = message;
  }

  @Override
  TestAnswer answer() {
    return this;
  }

  // Results

  /**
   * The whole message.
   *
   * @return the JSON-RPC response
   * @throws AssertionError if there is none
   */
  public ObjectNode message() {
    if (message == null) {
      throw failure("there is no answer"
          + (status() < 0 ? "" : ", HTTP status " + status())
          + (content().isEmpty() ? "" : ": " + content()));
    }
    return message.deepCopy();
  }

  /**
   * Asserts that the request has a result, which may be a tool error.
   *
   * @return this answer
   */
  public TestAnswer isResult() {
    require(message().has("result"), "the answer must have a result, was " + Json.text(message()));
    return this;
  }

  boolean hasResult() {
    return message != null && message.has("result");
  }

  /**
   * The result.
   *
   * @return the result
   * @throws AssertionError if there is none
   */
  public ObjectNode result() {
    return (ObjectNode) isResult().message().get("result");
  }

  /**
   * A part of the result.
   *
   * @param pointer a JSON Pointer from the result, such as {@code /content/0/type}; not null
   * @return the part; a missing node if it does not exist
   */
  public JsonNode at(String pointer) {
    return result().at(pointer);
  }

  /**
   * Asserts that the answer is neither an error nor a tool error.
   *
   * @return this answer
   */
  public TestAnswer isOk() {
    require(
        !result().path("isError").booleanValue(),
        "the answer must not be a tool error, was: " + text());
    return this;
  }

  /**
   * All text of a tool's content, a resource's contents or a prompt's messages, joined by line
   * feeds.
   *
   * @return the text; empty if there is none
   * @throws AssertionError if there is no result
   */
  public String text() {
    ObjectNode result = result();
    List<String> texts = new ArrayList<>();
    for (String member : List.of("content", "contents", "messages")) {
      for (JsonNode element : result.path(member)) {
        JsonNode piece = member.equals("messages") ? element.path("content") : element;
        if (piece.path("text").isTextual()) {
          texts.add(piece.get("text").textValue());
        }
      }
    }
    return String.join("\n", texts);
  }

  /**
   * Asserts that the answer is not an error and has this text.
   *
   * @param expected the whole {@link #text()}; not null
   * @return this answer
   */
  public TestAnswer hasText(String expected) {
    isOk();
    require(expected.equals(text()), "the text must be\n" + expected + "\nwas\n" + text());
    return this;
  }

  /**
   * Asserts that the answer is not an error and its text contains these parts.
   *
   * @param parts the parts of the {@link #text()}; not null
   * @return this answer
   */
  public TestAnswer hasTextContaining(String... parts) {
    isOk();
    requireParts("the text", text(), parts);
    return this;
  }

  private void requireParts(String what, String text, String... parts) {
    for (String part : parts) {
      require(text.contains(part), what + " must contain \"" + part + "\", was\n" + text);
    }
  }

  /**
   * The structured content as a record.
   *
   * @param type the class of the record; not null
   * @param <R> the record
   * @return the record
   * @throws AssertionError if there is none, or it is not valid for the record; the message names
   *     the places
   */
  public <R extends Record> R structured(Class<R> type) {
    JsonNode content = structured();
    try {
      return Trees.read(type, content, "structuredContent");
    } catch (AssertionError e) {
      throw failure(String.valueOf(e.getMessage()));
    }
  }

  /**
   * The structured content.
   *
   * @return the JSON
   * @throws AssertionError if there is none
   */
  public JsonNode structured() {
    JsonNode content = isOk().result().path("structuredContent");
    require(!content.isMissingNode(), "there is no structured content");
    return content;
  }

  /**
   * Asserts that the answer is not an error and has this structured content. If the output schema
   * of the tool is that of a sealed interface, the member that names the record is added.
   *
   * @param expected the content; not null
   * @return this answer
   */
  public TestAnswer hasStructured(Record expected) {
    return hasStructured(
        tool == null
            ? Trees.object(expected)
            : conversation.structured(tool, settings.ofClient(), expected));
  }

  /**
   * Asserts that the answer is not an error and has this structured content.
   *
   * @param json the content as JSON; numbers are compared by value; not null
   * @return this answer
   */
  public TestAnswer hasStructured(String json) {
    return hasStructured(Json.parse(json));
  }

  /**
   * Asserts that the answer is not an error and has this structured content.
   *
   * @param expected the content; numbers are compared by value; not null
   * @return this answer
   */
  public TestAnswer hasStructured(JsonNode expected) {
    List<String> differences = Trees.differences(expected, structured(), "structuredContent");
    require(differences.isEmpty(), String.join("\n", differences));
    return this;
  }

  /**
   * Asserts that a part of the result has a value.
   *
   * @param pointer a JSON Pointer from the result, such as {@code /tools/0/name}; not null
   * @param expected the string, number or boolean; null if the part must not exist
   * @return this answer
   */
  public TestAnswer has(String pointer, @Nullable Object expected) {
    JsonNode found = at(pointer);
    if (expected == null) {
      require(found.isMissingNode(), pointer + " must not exist, was " + Trees.text(found));
      return this;
    }
    String place = "result" + pointer.replace('/', '.');
    JsonNode wanted = Trees.of(expected);
    List<String> differences = Trees.differences(wanted, found, place);
    require(differences.isEmpty(), String.join("\n", differences));
    return this;
  }

  // Errors

  /**
   * Asserts that a tool refused its arguments or failed in a way that the model can read.
   *
   * @param parts the parts of the error text; not null
   * @return this answer
   */
  public TestAnswer hasToolError(String... parts) {
    require(
        result().path("isError").booleanValue(), "the answer must be a tool error, was: " + text());
    requireParts("the tool error", text(), parts);
    return this;
  }

  /**
   * Asserts that the answer is a JSON-RPC error.
   *
   * @param code the code, such as {@code ErrorCode.INVALID_PARAMS}
   * @param parts the parts of the error message; not null
   * @return this answer
   */
  public TestAnswer hasError(int code, String... parts) {
    ObjectNode error = error();
    require(
        error.path("code").asInt() == code,
        "the code must be " + code + ", was " + Json.text(error));
    requireParts("the error", error.path("message").asText(), parts);
    return this;
  }

  /**
   * The JSON-RPC error.
   *
   * @return the error
   * @throws AssertionError if there is none
   */
  public ObjectNode error() {
    ObjectNode all = message();
    require(all.has("error"), "the answer must be an error, was " + Json.text(all));
    return (ObjectNode) all.get("error");
  }

  /**
   * Asserts that an error, of the tool or of the protocol, names a place.
   *
   * @param place the place, such as {@code arguments.city}; not null
   * @param problem the problem, such as {@code is required}; not null
   * @return this answer
   */
  public TestAnswer hasErrorAt(String place, String problem) {
    String text = message().has("error")
        ? error().path("message").asText()
        : hasToolError().text();
    boolean found = false;
    for (String each : text.split("; |: |\n", -1)) {
      found |= each.startsWith(place + " ") && each.contains(problem);
    }
    require(found, "the error must say \"" + place + " " + problem + "\", was\n" + text);
    return this;
  }

  /** Returns the message as JSON. */
  @Override
  public String toString() {
    return message == null ? "no answer" : Json.text(message);
  }
}
