package dev.statelessmcp.binding;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a value, each with its place, such as {@code arguments.message is required}.
 * One is used by one thread.
 */
public final class Problems {
  /** A model repairs what it can read; a thousand bad elements of one array are one mistake. */
  private static final int MOST = 20;

  private final List<String> found = new ArrayList<>(0);
  private final boolean lenient;
  private int more;

  /**
   * Nothing is wrong yet.
   *
   * @param lenient whether scalars may come as strings ("5" for 5)
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
   * @param place such as {@code arguments.message}
   * @param what such as {@code is required}
   * @return null, so that a reader can end with {@code return problems.add(…)}
   * @param <T> whatever the reader returns
   */
  @SuppressWarnings("TypeParameterUnusedInFormals") // it returns null, which is of any type
  public <T> T add(String place, String what) {
    if (found.size() < MOST) {
      found.add(place + " " + what);
    } else {
      more++;
    }
    return null;
  }

  /**
   * Whether nothing is wrong.
   *
   * @return true if nothing was added
   */
  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All problems in one line. */
  @Override
  public String toString() {
    return String.join("; ", found) + (more > 0 ? "; and " + more + " more" : "");
  }
}
