package dev.statelessmcp.test;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The user's answers to the questions of one call; each is used once. Thread-safe. */
final class Script {
  private final Conversation conversation;
  private final List<RequestSettings.ScriptedAnswer> left; // guarded by this
  private final List<AskedQuestion> asked = new ArrayList<>(); // guarded by this
  private final Set<JsonNode> ids = new HashSet<>(); // of questions; guarded by this

  Script(Conversation conversation, RequestSettings settings) {
    this.conversation = conversation;
    this.left = new ArrayList<>(settings.script());
  }

  /** The questions so far, in order. */
  synchronized List<AskedQuestion> asked() {
    return List.copyOf(asked);
  }

  /** A legacy server asks in a request with this id. */
  synchronized void askedAs(JsonNode id) {
    ids.add(id);
  }

  synchronized boolean hasAsked(JsonNode id) {
    return ids.contains(id);
  }

  /** The answer to a question; null after a fault. */
  @Nullable
  UserAnswer answerTo(AskedQuestion question) {
    RequestSettings.ScriptedAnswer found = take(question);
    if (found == null) {
      conversation
          .faults()
          .add("The server asked, and the script has no answer (left): " + question
              + "; it has answers to " + keys());
      return null;
    }
    UserAnswer scripted = found.answer();
    if (!scripted.answers(question.method())) {
      conversation
          .faults()
          .add("The script answers " + scripted.method() + ", but the question is " + question);
      return null;
    }
    if (scripted.isError() && conversation.isModern()) {
      conversation
          .faults()
          .add("The script answers with an error, which a modern client cannot send: " + question);
      return null;
    }
    if (scripted.isChecked()) {
      conversation.checkUserAnswer(question.method(), scripted.toJson());
    }
    return scripted;
  }

  private synchronized RequestSettings.@Nullable ScriptedAnswer take(AskedQuestion question) {
    asked.add(question);
    for (RequestSettings.ScriptedAnswer each : left) {
      if (question.key() == null
          ? each.answer().answers(question.method())
          : isFor(each.key(), question.key())) {
        left.remove(each);
        return each;
      }
    }
    return null;
  }

  /**
   * Whether a key matches; the keys of a task have a number at the end, such as {@code booking.2}.
   */
  private static boolean isFor(String key, String asked) {
    return asked.equals(key)
        || (asked.startsWith(key + ".") && asked.substring(key.length() + 1).matches("[0-9]+"));
  }

  private synchronized List<String> keys() {
    return left.stream().map(RequestSettings.ScriptedAnswer::key).toList();
  }
}
