package dev.statelessmcp.prompt;

import dev.statelessmcp.call.Call;
import java.util.Map;
import java.util.Optional;

/** Everything about one getting of a prompt. */
public interface PromptCall extends Call {

  /**
   * The prompt.
   *
   * @return its name
   */
  String name();

  /**
   * The arguments.
   *
   * @return by name; the required ones are there
   */
  Map<String, String> arguments();

  /**
   * The value of an argument that is required.
   *
   * @param argument its name
   * @return the value
   * @throws IllegalArgumentException if the client sent no such argument, which happens only if it
   *     is not required
   */
  default String argument(String argument) {
    String value = arguments().get(argument);
    if (value == null) {
      throw new IllegalArgumentException(
          "the argument must be one of " + arguments().keySet() + ", was " + argument);
    }
    return value;
  }

  /**
   * The value of an argument that is optional.
   *
   * @param argument its name
   * @return the value; empty if the client sent none
   */
  default Optional<String> optionalArgument(String argument) {
    return Optional.ofNullable(arguments().get(argument));
  }
}
