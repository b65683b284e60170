package dev.statelessmcp.engine;

import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import org.jspecify.annotations.Nullable;

/**
 * The properties of a method: one row of the {@link MethodTable}.
 *
 * @param name the name on the wire
 * @param modern whether 2026-07-28 has it
 * @param legacy whether the earlier revisions have it
 * @param nameMember the member of {@code params} that names the tool, prompt or resource, and that
 *     the header {@code Mcp-Name} mirrors; null if there is none
 * @param cacheable true if its results have a cache hint
 * @param limited true if it counts against a rate limit, because it runs a handler
 * @param extension the extension that adds the method; null for the protocol's own
 * @param handler serves it; null for the protocol's own
 */
record MethodInfo(
    String name,
    boolean modern,
    boolean legacy,
    @Nullable String nameMember,
    boolean cacheable,
    boolean limited,
    @Nullable Extension extension,
    @Nullable ExtensionMethod handler) {

  /** Creates a row for a method of the protocol. */
  MethodInfo(
      String name,
      boolean modern,
      boolean legacy,
      @Nullable String nameMember,
      boolean cacheable,
      boolean limited) {
    this(name, modern, legacy, nameMember, cacheable, limited, null, null);
  }

  /** Creates a row for a method of an extension. */
  static MethodInfo of(Extension extension, ExtensionMethod method) {
    return new MethodInfo(
        method.name(),
        true,
        extension.isLegacy(),
        method.nameMember().orElse(null),
        method.isList(),
        !method.isList(),
        extension,
        method);
  }

  /** Whether its results are pages of a list. */
  boolean isList() {
    return handler == null ? name.endsWith("/list") : handler.isList();
  }

  /** Whether the request lasts until the client or the server ends it. */
  boolean isLongLived() {
    return name.equals("subscriptions/listen");
  }
}
