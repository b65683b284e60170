package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects the problems of a value with their places, such as {@code arguments.message is
 * required}, and has the settings of the reader. Not thread-safe.
 */
public final class Problems {
  /** Limits the message: a thousand wrong elements of an array are usually one mistake. */
  private static final int MAX_LISTED = 20;

  private final List<String> found = new ArrayList<>(0);
  private final boolean lenient;
  private final boolean ignoresUnknown;
  private int unlisted;
  private int depth; // of values of recursive types

  /**
   * Creates an empty collection for a reader that refuses unknown members.
   *
   * @param lenient true to convert values of another JSON type ({@code "5"} to {@code 5})
   */
  public Problems(boolean lenient) {
    this(lenient, false);
  }

  /**
   * Creates an empty collection.
   *
   * @param lenient true to convert values of another JSON type ({@code "5"} to {@code 5})
   * @param ignoresUnknown true to ignore unknown members, false to refuse them
   */
  public Problems(boolean lenient, boolean ignoresUnknown) {
    this.lenient = lenient;
    this.ignoresUnknown = ignoresUnknown;
  }

  boolean isLenient() {
    return lenient;
  }

  boolean ignoresUnknown() {
    return ignoresUnknown;
  }

  /**
   * Returns the value to read: the value itself, or the one to which a lenient reader converts it.
   *
   * @param type the type of the value
   * @param optional true if the value may be missing, so that the string {@code "null"} may mean
   *     null
   */
  JsonNode meant(JsonType<?> type, boolean optional, JsonNode node) {
    if (!lenient) {
      return node;
    }
    JsonNode meant = type.meant(node);
    return optional && "null".equals(meant.textValue()) && isRefused(type, meant)
        ? Json.NODES.nullNode()
        : meant;
  }

  /** Returns whether a type refuses a value: {@code "null"} is a name, but not a number. */
  private static boolean isRefused(JsonType<?> type, JsonNode node) {
    Problems problems = new Problems(false);
    type.read(node, "", problems);
    return !problems.isEmpty();
  }

  /**
   * Enters a value of a recursive type; {@link #leave} leaves it.
   *
   * @return false, after adding a problem, if it is nested too deep
   */
  boolean enter(String place) {
    if (depth == ReferenceType.MAX_DEPTH) {
      // Only the end of the place, which may be long
      add(
          "\u2026" + place.substring(Math.max(0, place.length() - 40)),
          "must not be nested more than " + ReferenceType.MAX_DEPTH + " levels deep");
      return false;
    }
    depth++;
    return true;
  }

  void leave() {
    depth--;
  }

  /**
   * Adds a problem.
   *
   * @param place such as {@code arguments.message}; not null
   * @param problem such as {@code is required}; not null
   */
  public void add(String place, String problem) {
    if (found.size() < MAX_LISTED) {
      found.add(place + " " + problem);
    } else {
      unlisted++;
    }
  }

  /**
   * Returns whether no problem was added.
   *
   * @return true if there is none
   */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** Returns all problems in one line, at most 20 of them by their text. */
  @Override
  public String toString() {
    return String.join("; ", found) + (unlisted > 0 ? "; and " + unlisted + " more" : "");
  }
}
