package dev.statelessmcp.prompt;

import dev.statelessmcp.call.Call;
import java.util.Map;
import java.util.Optional;

/** One {@code prompts/get} request. Thread-safe until it has been answered. */
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
   * @return the values by name, including all required ones
   */
  Map<String, String> arguments();

  /**
   * The value of a required argument.
   *
   * @param argument its name
   * @return the value
   * @throws IllegalArgumentException if the argument is not required and the client did not send it
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
   * The value of an optional argument.
   *
   * @param argument its name
   * @return the value; empty if the client did not send it
   */
  default Optional<String> optionalArgument(String argument) {
    return Optional.ofNullable(arguments().get(argument));
  }
}
