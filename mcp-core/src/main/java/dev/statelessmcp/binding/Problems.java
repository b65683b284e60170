package dev.statelessmcp.binding;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with a value, each problem with its place, such as
 * {@code arguments.message is required}, and says how strictly the value is read. For one thread.
 */
public final class Problems {
  /** Bounds the message: a thousand wrong elements of an array are usually one mistake. */
  private static final int MAX_LISTED = 20;

  private final List<String> found = new ArrayList<>(0);
  private final boolean lenient;
  private final boolean ignoresUnknown;
  private int unlisted;
  private int depth; // of values of types that contain themselves

  /**
   * Creates an empty collection for a reader that refuses unknown members.
   *
   * @param lenient whether a value of another JSON type is taken for what is meant by it
   *     ({@code "5"} for {@code 5})
   */
  public Problems(boolean lenient) {
    this(lenient, false);
  }

  /**
   * Creates an empty collection.
   *
   * @param lenient whether a value of another JSON type is taken for what is meant by it
   *     ({@code "5"} for {@code 5})
   * @param ignoresUnknown whether unknown members are ignored instead of refused
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
   * Returns what a value is read as: the value itself, or what a lenient reader takes it for.
   *
   * @param type the type of the value
   * @param optional whether the value may be missing, so that the text {@code "null"} may stand for
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
   * Goes into a value of a type that contains itself; {@link #leave} comes back.
   *
   * @return false, after a problem was added, if it is nested too deep
   */
  boolean enter(String place) {
    if (depth == ReferenceType.MAX_DEPTH) {
      // The end of the place is enough: it may be long
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
