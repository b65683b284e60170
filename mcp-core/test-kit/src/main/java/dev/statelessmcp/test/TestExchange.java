package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.LogLevel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a {@link TestAnswer} around the answer: notifications before it, questions of the
 * server, and the HTTP response. Immutable.
 */
public abstract sealed class TestExchange permits TestAnswer {
  final Conversation conversation;
  private final List<ObjectNode> notifications;
  private final List<AskedQuestion> asked;
  private final int status;
  private final Map<String, String> headers;
  private final String content;

  TestExchange(
      Conversation conversation,
      List<ObjectNode> notifications,
      List<AskedQuestion> asked,
      int status,
      Map<String, String> headers,
      String content) {
    this.conversation = conversation;
    this.notifications = notifications;
    this.asked = asked;
    this.status = status;
    this.headers = headers;
    this.content = content;
  }

  /** This answer, which assertions return. */
  abstract TestAnswer answer();

  final AssertionError failure(String text) {
    return conversation.faults().failure(text);
  }

  final void require(boolean condition, String text) {
    if (!condition) {
      throw failure(text);
    }
  }

  /**
   * The notifications that came before the answer.
   *
   * @return the messages, in order
   */
  public List<ObjectNode> notifications() {
    return notifications.stream().map(ObjectNode::deepCopy).toList();
  }

  private List<JsonNode> paramsOf(String method) {
    return notifications.stream()
        .filter(each -> each.path("method").asText().equals(method))
        .map(each -> each.path("params"))
        .toList();
  }

  /**
   * The progress notifications.
   *
   * @return the notifications, in order
   */
  public List<Progress> progress() {
    return paramsOf("notifications/progress").stream().map(Progress::of).toList();
  }

  /**
   * Asserts that progress was reported with these messages, in this order, and with no others.
   *
   * @param messages the messages; not null
   * @return this answer
   */
  public TestAnswer hasProgress(String... messages) {
    List<String> found = new ArrayList<>();
    progress().forEach(each -> found.add(each.message()));
    require(
        found.equals(Arrays.asList(messages)),
        "the progress must be " + Arrays.asList(messages) + ", was " + found);
    return answer();
  }

  /**
   * Asserts that progress was reported with these values, in this order, and with no others.
   *
   * @param values the values; not null
   * @return this answer
   */
  public TestAnswer hasProgressValues(double... values) {
    List<Double> found = progress().stream().map(Progress::progress).toList();
    List<Double> wanted = new ArrayList<>();
    for (double value : values) {
      wanted.add(value);
    }
    require(found.equals(wanted), "the progress must be " + wanted + ", was " + found);
    return answer();
  }

  /**
   * Asserts that the server sent a log message.
   *
   * @param level the level; not null
   * @param part a part of the JSON of the data; not null
   * @return this answer
   */
  public TestAnswer hasLog(LogLevel level, String part) {
    List<JsonNode> logs = paramsOf("notifications/message");
    for (JsonNode log : logs) {
      if (log.path("level").asText().equals(level.toString())
          && Json.text(log.path("data")).contains(part)) {
        return answer();
      }
    }
    throw failure(
        "a log message of level " + level + " must contain \"" + part + "\", were " + logs);
  }

  /**
   * The questions that the server asked and the client answered.
   *
   * @return the questions, in order
   */
  public List<AskedQuestion> asked() {
    return asked;
  }

  /**
   * Asserts that the server asked these questions, in this order, and no others.
   *
   * @param messages the texts of the questions that the user sees; not null
   * @return this answer
   */
  public TestAnswer hasAsked(String... messages) {
    List<String> found = new ArrayList<>();
    asked.forEach(each -> found.add(each.message()));
    require(
        found.equals(Arrays.asList(messages)),
        "the questions must be " + Arrays.asList(messages) + ", were " + found);
    return answer();
  }

  // HTTP

  /**
   * Asserts that the HTTP status is this one.
   *
   * @param expected the status code
   * @return this answer
   */
  public TestAnswer hasStatus(int expected) {
    require(
        status == expected,
        "the HTTP status must be " + expected
            + (status < 0 ? ", but there was no HTTP" : ", was " + status));
    return answer();
  }

  /**
   * The HTTP status.
   *
   * @return the status code; -1 without HTTP
   */
  public int status() {
    return status;
  }

  /**
   * The content of an HTTP response that is not a message, such as the page of a gateway.
   *
   * @return the text; empty if there is none
   */
  public String content() {
    return content;
  }

  /**
   * A header of the HTTP response.
   *
   * @param name the name, in any case; not null
   * @return the value; empty if the header is missing
   */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }

  /**
   * The messages of the connection.
   *
   * @return one line for each message
   */
  public String transcript() {
    return conversation.transcript.toString();
  }
}
