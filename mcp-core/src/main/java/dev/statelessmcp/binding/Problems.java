package dev.statelessmcp.binding;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects what is wrong with a value, each problem with its place, such as
 * {@code arguments.message is required}. For one thread.
 */
public final class Problems {
  /** Bounds the message: a thousand wrong elements of an array are usually one mistake. */
  private static final int MAX_LISTED = 20;

  private final List<String> found = new ArrayList<>(0);
  private final boolean lenient;
  private int unlisted;

  /**
   * Creates an empty collection.
   *
   * @param lenient whether numbers and booleans may be strings ({@code "5"} for {@code 5})
   */
  public Problems(boolean lenient) {
    this.lenient = lenient;
  }

  boolean isLenient() {
    return lenient;
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
