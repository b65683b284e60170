package dev.statelessmcp.resource;

import dev.statelessmcp.completion.Completer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Many resources whose URIs have one form. Immutable; the methods that set something return a new
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
   * A template.
   *
   * @param uriTemplate such as {@code file:///logs/{day}}; of RFC 6570 the forms {@code {var}},
   *     which takes no slash, and {@code {+var}}, which does; not null
   * @param name its programmatic name; not null
   * @param handler reads a resource of that form; not null
   * @return the template
   * @throws IllegalArgumentException if the template has another form
   */
  public static ResourceTemplate of(String uriTemplate, String name, ResourceHandler handler) {
    return new ResourceTemplate(UriTemplate.parse(uriTemplate), name, handler);
  }

  /**
   * Sets a completer of a variable.
   *
   * @param variable its name; must be in the template
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
   * @return by variable; unmodifiable
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
   * Whether a URI has the form of the template.
   *
   * @param uri the URI, as a client says it; not null
   * @return the decoded values of the variables; empty if it has another form
   */
  public Optional<Map<String, String>> match(String uri) {
    return template.match(uri);
  }
}
