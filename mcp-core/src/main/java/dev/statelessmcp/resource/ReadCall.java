package dev.statelessmcp.resource;

import dev.statelessmcp.call.Call;
import java.util.Map;

/** Everything about one reading of a resource. */
public interface ReadCall extends Call {

  /**
   * What is read.
   *
   * @return the URI as the client says it
   */
  String uri();

  /**
   * The values of the variables, if the resource is one of a template.
   *
   * @return decoded values by name; never {@code .} or {@code ..}, and without a slash but for
   *     variables that say {@code +}
   */
  Map<String, String> variables();

  /**
   * The value of a variable.
   *
   * @param name its name in the template
   * @return the value
   * @throws IllegalArgumentException if the template has no such variable
   */
  default String variable(String name) {
    String value = variables().get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "the variable must be one of " + variables().keySet() + ", was " + name);
    }
    return value;
  }
}
