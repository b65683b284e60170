package dev.statelessmcp.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.content.Annotations;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.input.Asks;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.protocol.Icon;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Predicate;

/**
 * Something that a client can read, by a URI that is known. Immutable; the methods that set
 * something return a new resource.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources">Resources</a>
 */
public final class Resource implements Item {
  private final String uri;
  private final Definition definition;
  private final ResourceHandler handler;
  private final ObjectNode json;

  private Resource(String uri, Definition definition, ResourceHandler handler) {
    if (!URI.create(uri).isAbsolute()) {
      throw new IllegalArgumentException("\"" + uri + "\" is no absolute URI");
    }
    this.uri = uri;
    this.definition = definition;
    this.handler = handler;
    this.json = definition.toJson("uri", uri);
  }

  private Resource with(Definition newDefinition) {
    return new Resource(uri, newDefinition, handler);
  }

  /**
   * A resource that is computed when it is read.
   *
   * @param uri an absolute URI of RFC 3986, unique in its server; not null
   * @param name its programmatic name; not null
   * @param handler reads it; not null
   * @return the resource
   * @throws IllegalArgumentException if it is no absolute URI
   */
  public static Resource of(String uri, String name, ResourceHandler handler) {
    return new Resource(uri, Definition.of(name), handler);
  }

  /**
   * A text that is always the same.
   *
   * @param uri an absolute URI of RFC 3986, unique in its server; not null
   * @param name its programmatic name; not null
   * @param mimeType such as {@code text/markdown}; not null
   * @param text the text; not null
   * @return the resource
   */
  public static Resource text(String uri, String name, String mimeType, String text) {
    ResourceResult result = ResourceResult.of(ResourceContents.text(uri, mimeType, text));
    long size = text.getBytes(StandardCharsets.UTF_8).length;
    return of(uri, name, call -> result).mimeType(mimeType).size(size);
  }

  /**
   * Bytes that are always the same.
   *
   * @param uri an absolute URI of RFC 3986, unique in its server; not null
   * @param name its programmatic name; not null
   * @param mimeType such as {@code image/png}; not null
   * @param bytes the bytes; not null
   * @return the resource
   */
  public static Resource blob(String uri, String name, String mimeType, byte[] bytes) {
    ResourceResult result = ResourceResult.of(ResourceContents.blob(uri, mimeType, bytes));
    return of(uri, name, call -> result).mimeType(mimeType).size(bytes.length);
  }

  /**
   * The resource with its size.
   *
   * @param bytes how many bytes it has, before any encoding
   * @return a new resource
   */
  public Resource size(long bytes) {
    return with(definition.withSize(bytes));
  }

  /**
   * The resource with a name for people.
   *
   * @param title the title; null for none
   * @return a new resource
   */
  public Resource title(String title) {
    return with(definition.withTitle(title));
  }

  /**
   * The resource with a description.
   *
   * @param description what it is; null for none
   * @return a new resource
   */
  public Resource description(String description) {
    return with(definition.withDescription(description));
  }

  /**
   * The resource with a media type.
   *
   * @param mimeType such as {@code text/markdown}; null for none
   * @return a new resource
   */
  public Resource mimeType(String mimeType) {
    return with(definition.withMimeType(mimeType));
  }

  /**
   * The resource with pictures.
   *
   * @param icons the pictures
   * @return a new resource
   */
  public Resource icons(Icon... icons) {
    return with(definition.withIcons(List.of(icons)));
  }

  /**
   * The resource with hints about how to use it.
   *
   * @param annotations the hints; null for none
   * @return a new resource
   */
  public Resource annotations(Annotations annotations) {
    return with(definition.withAnnotations(annotations));
  }

  /**
   * The resource with something else that clients are to know.
   *
   * @param meta becomes {@code _meta} of the definition; null for nothing; not to be changed
   * @return a new resource
   */
  public Resource meta(ObjectNode meta) {
    return with(definition.withMeta(meta));
  }

  /**
   * The resource with a hint about how long its contents may be kept.
   *
   * @param hint the hint; null for the server's
   * @return a new resource
   */
  public Resource cache(CacheHint hint) {
    return with(definition.withCache(hint));
  }

  /**
   * The resource, whose handler asks the client and cannot do without an answer.
   *
   * @param kinds what it asks
   * @return a new resource
   */
  public Resource asks(QuestionKind... kinds) {
    return with(definition.withAsks(definition.asks().require(kinds)));
  }

  /**
   * The resource, whose handler asks the client if that answers.
   *
   * @param kinds what it asks
   * @return a new resource
   */
  public Resource mayAsk(QuestionKind... kinds) {
    return with(definition.withAsks(definition.asks().allow(kinds)));
  }

  /**
   * The resource for some callers alone: the others neither see nor read it.
   *
   * @param rule whether a caller may; asked by many threads; not null
   * @return a new resource
   */
  public Resource visibleTo(Predicate<Caller> rule) {
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
    return uri;
  }
}
