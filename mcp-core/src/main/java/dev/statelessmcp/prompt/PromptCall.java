package dev.statelessmcp.prompt;

import dev.statelessmcp.call.Call;
import java.util.Map;

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
   * An argument.
   *
   * @param argument its name
   * @return the value; null if it is not there
   */
  default String argument(String argument) {
    return arguments().get(argument);
  }
}
