package dev.statelessmcp.extension;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A method that an extension adds: a handler, a list that the server serves page by page, or a
 * look-up of one item. Immutable; the methods that set something return a new value.
 */
public final class ExtensionMethod {
  private final String name;
  private final @Nullable String nameMember;
  private final @Nullable Handler handler;
  private final @Nullable String keyMember;
  private final @Nullable String resultMember;
  private final @Nullable Catalog<?> catalog;
  private final @Nullable CacheHint cacheHint;
  private final boolean secretName;

  private ExtensionMethod(
      String name,
      @Nullable String nameMember,
      @Nullable Handler handler,
      @Nullable String keyMember,
      @Nullable String resultMember,
      @Nullable Catalog<?> catalog,
      @Nullable CacheHint cacheHint,
      boolean secretName) {
    this.name = Objects.requireNonNull(name, "name");
    this.nameMember = nameMember;
    this.handler = handler;
    this.keyMember = keyMember;
    this.resultMember = resultMember;
    this.catalog = catalog;
    this.cacheHint = cacheHint;
    this.secretName = secretName;
  }

  /**
   * Creates a method that is served by a handler.
   *
   * @param name the name on the wire, such as {@code search/query}; not null
   * @param handler serves its requests; not null
   * @return the method
   */
  public static ExtensionMethod of(String name, Handler handler) {
    Objects.requireNonNull(handler, "handler");
    return new ExtensionMethod(name, null, handler, null, null, null, null, false);
  }

  /**
   * Creates a list. It has pages, cursors and cache hints like {@code tools/list}, and shows each
   * caller the items that are visible to it.
   *
   * @param name the name on the wire, such as {@code skills/list}; not null
   * @param member the member of the result that holds the items, such as {@code skills}; not null
   * @param catalog the items; not null
   * @return the method
   */
  public static ExtensionMethod list(String name, String member, Catalog<?> catalog) {
    Objects.requireNonNull(member, "member");
    Objects.requireNonNull(catalog, "catalog");
    return new ExtensionMethod(name, null, null, null, member, catalog, null, false);
  }

  /**
   * Creates a look-up of one item of a catalogue. If there is no item with the key, or it is not
   * visible to the caller, the client gets error -32602.
   *
   * @param name the name on the wire, such as {@code skills/get}; not null
   * @param keyMember the member of {@code params} that holds the key, such as {@code uri}; not null
   * @param member the member of the result that holds the item, such as {@code skill}; null if the
   *     result is the item itself
   * @param catalog the items; not null
   * @return the method
   */
  public static ExtensionMethod find(
      String name, String keyMember, @Nullable String member, Catalog<?> catalog) {
    Objects.requireNonNull(keyMember, "keyMember");
    Objects.requireNonNull(catalog, "catalog");
    return new ExtensionMethod(name, null, null, keyMember, member, catalog, null, false);
  }

  /**
   * Sets the member of {@code params} that the header {@code Mcp-Name} mirrors. HTTP requests whose
   * header is missing or differs are refused.
   *
   * @param member such as {@code taskId}; null for none
   * @return a new method
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http#standard-request-headers">Standard
   *     Request Headers</a>
   */
  public ExtensionMethod nameMember(@Nullable String member) {
    return new ExtensionMethod(
        name, member, handler, keyMember, resultMember, catalog, cacheHint, secretName);
  }

  /**
   * Declares that whoever knows the value of {@link #nameMember} may use what it names, such as the
   * task of an anonymous caller. Logs then show only its beginning.
   *
   * @return a new method
   */
  public ExtensionMethod secretName() {
    return new ExtensionMethod(
        name, nameMember, handler, keyMember, resultMember, catalog, cacheHint, true);
  }

  /**
   * Sets how long the pages of a list, or the item of a look-up, may be cached.
   *
   * @param hint the hint; null for the default: a list must not be cached, and the result of a
   *     look-up has no hint
   * @return a new method
   * @throws IllegalStateException if a handler serves the method
   */
  public ExtensionMethod cache(@Nullable CacheHint hint) {
    if (catalog == null) {
      throw new IllegalStateException(
          name + " has no catalogue; its handler writes ttlMs and cacheScope into the result");
    }
    return new ExtensionMethod(
        name, nameMember, handler, keyMember, resultMember, catalog, hint, secretName);
  }

  /**
   * The name on the wire.
   *
   * @return never null
   */
  public String name() {
    return name;
  }

  /**
   * The member of {@code params} that the header {@code Mcp-Name} mirrors.
   *
   * @return empty if there is none
   */
  public Optional<String> nameMember() {
    return Optional.ofNullable(nameMember);
  }

  /**
   * Whether the value of {@link #nameMember()} must not be readable in logs.
   *
   * @return true after {@link #secretName}
   */
  public boolean hasSecretName() {
    return secretName;
  }

  /**
   * Whether the method is a list.
   *
   * @return true if it was created by {@link #list}
   */
  public boolean isList() {
    return catalog != null && keyMember == null;
  }

  /**
   * The handler.
   *
   * @return empty if a catalogue serves the method
   */
  public Optional<Handler> handler() {
    return Optional.ofNullable(handler);
  }

  /**
   * The items of a list or look-up.
   *
   * @return empty if a handler serves the method
   */
  public Optional<Catalog<?>> catalog() {
    return Optional.ofNullable(catalog);
  }

  /**
   * The member of {@code params} that holds the key of a look-up.
   *
   * @return empty if the method is not a look-up
   */
  public Optional<String> keyMember() {
    return Optional.ofNullable(keyMember);
  }

  /**
   * The member of the result that holds the items of a list, or the item.
   *
   * @return empty if a handler serves the method, or the result is the item itself
   */
  public Optional<String> resultMember() {
    return Optional.ofNullable(resultMember);
  }

  /**
   * How long the pages of a list, or the item of a look-up, may be cached.
   *
   * @return empty for the default
   */
  public Optional<CacheHint> cacheHint() {
    return Optional.ofNullable(cacheHint);
  }

  /** Serves the requests of one method. Implementations must be thread-safe. */
  @FunctionalInterface
  public interface Handler {

    /**
     * Serves a request.
     *
     * @param params the parameters; must not be changed
     * @param call everything else about the request
     * @return the result; not null. Its {@code resultType} is {@code complete} unless it has
     *     another.
     * @throws Exception {@code McpException} for an error that the client gets; anything else is
     *     logged, and the client gets an internal error
     */
    ObjectNode serve(ObjectNode params, Call call) throws Exception;
  }
}
