package dev.statelessmcp.examples.benchmarks.coldstart;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Names of enum constants in options and tables: in lower case, words with hyphens. */
final class Names {
  private Names() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the constant with a name. */
  static <E extends Enum<E>> E parse(Class<E> type, String option, String name)
      throws UsageException {
    for (E constant : type.getEnumConstants()) {
      if (constant.toString().equals(name)) {
        return constant;
      }
    }
    String known = Arrays.stream(type.getEnumConstants())
        .map(Object::toString)
        .collect(Collectors.joining(", "));
    throw new UsageException(option + " must be one of " + known + ", was \"" + name + "\"");
  }
}
