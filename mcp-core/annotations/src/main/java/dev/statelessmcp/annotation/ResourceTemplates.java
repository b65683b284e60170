package dev.statelessmcp.annotation;

import dev.statelessmcp.resource.ResourceTemplate;
import java.util.ArrayList;
import java.util.List;

/** Creates resource templates from methods with {@link McpResource} whose URI has variables. */
public final class ResourceTemplates {

  private ResourceTemplates() {}

  /**
   * Creates the resource templates of objects.
   *
   * @param targets objects, or classes for their static methods; not null
   * @return the templates, in the order of the source; unmodifiable; empty if there are none
   * @throws IllegalArgumentException if a target has no method with {@link McpResource}, two have
   *     the same URI, or a method, a parameter or an annotation is not supported; the message names
   *     it
   */
  public static List<ResourceTemplate> of(Object... targets) {
    List<ResourceTemplate> templates = new ArrayList<>();
    for (Object target : targets) {
      for (ResourceMethod method : ResourceMethod.of(target, true)) {
        templates.add(method.template());
      }
    }
    return List.copyOf(templates);
  }
}
