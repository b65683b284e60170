package dev.statelessmcp.resource;

import dev.statelessmcp.call.Call;
import java.util.Map;

/** One {@code resources/read} request. Thread-safe until it has been answered. */
public interface ReadCall extends Call {

  /**
   * The URI of the resource.
   *
   * @return the URI as the client sent it
   */
  String uri();

  /**
   * The values of the variables of a resource template.
   *
   * @return decoded values by name; empty for a resource without a template. A value is never
   *     {@code .} or {@code ..}, and only that of a {@code +} variable can have a slash
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
