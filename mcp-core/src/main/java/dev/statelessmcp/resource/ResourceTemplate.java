package dev.statelessmcp.resource;

import dev.statelessmcp.completion.Completer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Resources whose URIs match a URI template. Immutable; the methods that set something return a new
 * template.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources#resource-templates">Resource
 *     Templates</a>
 */
public final class ResourceTemplate extends ReadItem<ResourceTemplate> {
  private final UriTemplate template;
  private Map<String, Completer> completers = Map.of(); // set only in a copy

  private ResourceTemplate(UriTemplate template, String name, ResourceHandler handler) {
    super("uriTemplate", template.toString(), name, handler);
    this.template = template;
  }

  /**
   * Creates a template.
   *
   * @param uriTemplate such as {@code file:///logs/{day}}; supports the RFC 6570 expressions
   *     {@code {var}}, which does not match a slash, and {@code {+var}}, which does; not null
   * @param name its programmatic name; not null
   * @param handler reads a resource that matches; not null
   * @return the template
   * @throws IllegalArgumentException if the template has another expression
   */
  public static ResourceTemplate of(String uriTemplate, String name, ResourceHandler handler) {
    return new ResourceTemplate(UriTemplate.parse(uriTemplate), name, handler);
  }

  /**
   * Sets a completer of a variable.
   *
   * @param variable its name, which must be in the template
   * @param completer suggests values; not null
   * @return a new template
   */
  public ResourceTemplate complete(String variable, Completer completer) {
    if (!template.variables().contains(variable)) {
      throw new IllegalArgumentException(template + " has no variable " + variable);
    }
    Map<String, Completer> more = new LinkedHashMap<>(completers);
    more.put(variable, completer);
    ResourceTemplate copy = copy();
    copy.completers = Map.copyOf(more);
    return copy;
  }

  /**
   * The completers of the variables.
   *
   * @return the completers by name of the variable; unmodifiable
   */
  public Map<String, Completer> completers() {
    return completers;
  }

  /**
   * The variables of the template.
   *
   * @return their names, in order
   */
  public List<String> variables() {
    return template.variables();
  }

  /**
   * Matches a URI against the template.
   *
   * @param uri the URI, as a client sent it; not null
   * @return the decoded values of the variables; empty if the URI does not match
   */
  public Optional<Map<String, String>> match(String uri) {
    return template.match(uri);
  }
}
