package dev.statelessmcp.annotation;

import dev.statelessmcp.resource.Resource;
import java.util.ArrayList;
import java.util.List;

/** Creates resources from methods with {@link McpResource} whose URI has no variables. */
public final class Resources {

  private Resources() {}

  /**
   * Creates the resources of objects.
   *
   * @param targets objects, or classes for their static methods; not null
   * @return the resources, in the order of the source; unmodifiable; empty if all are templates
   * @throws IllegalArgumentException if a target has no method with {@link McpResource}, two have
   *     the same URI, or a method, a parameter or an annotation is not supported; the message names
   *     it
   */
  public static List<Resource> of(Object... targets) {
    List<Resource> resources = new ArrayList<>();
    for (Object target : targets) {
      for (ResourceMethod method : ResourceMethod.of(target, false)) {
        resources.add(method.resource());
      }
    }
    return List.copyOf(resources);
  }
}
