package dev.statelessmcp.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.completion.Completer;
import dev.statelessmcp.content.Annotations;
import dev.statelessmcp.input.Asks;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.protocol.Icon;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Many resources whose URIs have one form. Immutable; the methods that set something return a new
 * template.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources#resource-templates">Resource
 *     Templates</a>
 */
public final class ResourceTemplate implements Item {
  private final UriTemplate template;
  private final Definition definition;
  private final ResourceHandler handler;
  private final Map<String, Completer> completers;
  private final ObjectNode json;

  private ResourceTemplate(
      UriTemplate template,
      Definition definition,
      ResourceHandler handler,
      Map<String, Completer> completers) {
    this.template = template;
    this.definition = definition;
    this.handler = handler;
    this.completers = completers;
    this.json = definition.toJson("uriTemplate", template.toString());
  }

  private ResourceTemplate with(Definition newDefinition) {
    return new ResourceTemplate(template, newDefinition, handler, completers);
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
    Objects.requireNonNull(handler, "handler");
    return new ResourceTemplate(
        UriTemplate.parse(uriTemplate), Definition.of(name), handler, Map.of());
  }

  /**
   * The template with somebody who completes a variable.
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
    return new ResourceTemplate(template, definition, handler, Map.copyOf(more));
  }

  /**
   * Who completes the variables.
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

  /**
   * The template with a name for people.
   *
   * @param title the title; null for none
   * @return a new template
   */
  public ResourceTemplate title(String title) {
    return with(definition.withTitle(title));
  }

  /**
   * The template with a description.
   *
   * @param description what it is; null for none
   * @return a new template
   */
  public ResourceTemplate description(String description) {
    return with(definition.withDescription(description));
  }

  /**
   * The template with a media type.
   *
   * @param mimeType such as {@code text/markdown}; null for none
   * @return a new template
   */
  public ResourceTemplate mimeType(String mimeType) {
    return with(definition.withMimeType(mimeType));
  }

  /**
   * The template with pictures.
   *
   * @param icons the pictures
   * @return a new template
   */
  public ResourceTemplate icons(Icon... icons) {
    return with(definition.withIcons(List.of(icons)));
  }

  /**
   * The template with hints about how to use it.
   *
   * @param annotations the hints; null for none
   * @return a new template
   */
  public ResourceTemplate annotations(Annotations annotations) {
    return with(definition.withAnnotations(annotations));
  }

  /**
   * The template with something else that clients are to know.
   *
   * @param meta becomes {@code _meta} of the definition; null for nothing; not to be changed
   * @return a new template
   */
  public ResourceTemplate meta(ObjectNode meta) {
    return with(definition.withMeta(meta));
  }

  /**
   * The template with a hint about how long its contents may be kept.
   *
   * @param hint the hint; null for the server's
   * @return a new template
   */
  public ResourceTemplate cache(CacheHint hint) {
    return with(definition.withCache(hint));
  }

  /**
   * The template, whose handler asks the client and cannot do without an answer.
   *
   * @param kinds what it asks
   * @return a new template
   */
  public ResourceTemplate asks(QuestionKind... kinds) {
    return with(definition.withAsks(definition.asks().require(kinds)));
  }

  /**
   * The template, whose handler asks the client if that answers.
   *
   * @param kinds what it asks
   * @return a new template
   */
  public ResourceTemplate mayAsk(QuestionKind... kinds) {
    return with(definition.withAsks(definition.asks().allow(kinds)));
  }

  /**
   * The template for some callers alone: the others neither see nor read it.
   *
   * @param rule whether a caller may; asked by many threads; not null
   * @return a new template
   */
  public ResourceTemplate visibleTo(Predicate<Caller> rule) {
    return with(definition.withVisible(rule));
  }

  /**
   * What the handler may ask.
   *
   * @return never null
   */
  public Asks asks() {
    return definition.asks();
  }

  /**
   * How long the contents may be kept.
   *
   * @return null if nothing is said
   */
  public CacheHint cacheHint() {
    return definition.cache();
  }

  /**
   * Reads.
   *
   * @param call what is read
   * @return what is in it; null if there is no such resource
   * @throws Exception what the handler throws
   */
  public ResourceResult read(ReadCall call) throws Exception {
    return handler.read(call);
  }

  @Override
  public boolean isVisibleTo(Caller caller) {
    return definition.visible() == null || definition.visible().test(caller);
  }

  @Override
  public boolean isRestricted() {
    return definition.visible() != null;
  }

  @Override
  public ObjectNode toJson() {
    return json;
  }

  @Override
  public String key() {
    return template.toString();
  }
}
