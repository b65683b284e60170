package dev.statelessmcp.lambda.local.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The values of a command line, by option. */
final class Arguments {
  private final Map<String, List<String>> values;

  private Arguments(Map<String, List<String>> values) {
    this.values = values;
  }

  static Arguments read(String[] words, Set<String> flags, Set<String> once, Set<String> repeatable)
      throws UsageException {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (int i = 0; i < words.length; i++) {
      String option = words[i].equals("-h") ? "--help" : words[i];
      List<String> given = values.computeIfAbsent(option, name -> new ArrayList<>());
      if (flags.contains(option)) {
        continue;
      }
      if (!once.contains(option) && !repeatable.contains(option)) {
        throw new UsageException("unknown option \"" + option + "\"");
      }
      if (++i == words.length || words[i].startsWith("--")) {
        throw new UsageException(option + " needs a value");
      }
      if (!given.isEmpty() && !repeatable.contains(option)) {
        throw new UsageException(option + " is given twice");
      }
      given.add(words[i]);
    }
    return new Arguments(values);
  }

  boolean has(String option) {
    return values.containsKey(option);
  }

  List<String> values(String option) {
    return values.getOrDefault(option, List.of());
  }

  Optional<String> value(String option) {
    return has(option) ? Optional.of(values(option).get(0)) : Optional.empty();
  }

  String required(String option) throws UsageException {
    if (!has(option)) {
      throw new UsageException(option + " is missing");
    }
    return values(option).get(0);
  }

  int number(String option, int otherwise, int least, int most) throws UsageException {
    if (!has(option)) {
      return otherwise;
    }
    String text = values(option).get(0);
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new UsageException(
        option + " must be a number from " + least + " to " + most + ", was \"" + text + "\"");
  }
}
