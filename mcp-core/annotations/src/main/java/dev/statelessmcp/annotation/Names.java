package dev.statelessmcp.annotation;

import java.util.HashMap;
import java.util.Map;

/** Checks that the names of the items are unique. */
final class Names {
  private final String what;
  private final Map<String, AnnotatedMethod> methods = new HashMap<>();

  Names(String what) {
    this.what = what;
  }

  /**
   * Adds a name.
   *
   * @throws IllegalArgumentException if another method has it
   */
  void add(String name, AnnotatedMethod method) {
    AnnotatedMethod other = methods.put(name, method);
    if (other != null) {
      throw new IllegalArgumentException(method
          + " and "
          + other
          + " must not both be the "
          + what
          + " \""
          + name
          + "\"; rename one of them");
    }
  }
}
