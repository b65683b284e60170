package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Page;
import dev.statelessmcp.resource.ReadCall;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code resources/list}, {@code resources/templates/list} and {@code resources/read}, the same in
 * both eras.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/server/resources">Resources</a>
 */
final class ResourceMethods {
  /** The number of templates that are searched at a time. */
  private static final int SCAN = 100;

  private ResourceMethods() {}

  static ObjectNode list(ServedRequest call) throws Exception {
    return Lists.list(call, call.server().resources(), "resources");
  }

  static ObjectNode listTemplates(ServedRequest call) throws Exception {
    return Lists.list(call, call.server().templates(), "resourceTemplates");
  }

  /** Reads a URI: a resource, or a template that matches. */
  private interface Reader {
    @Nullable
    ResourceResult read(ReadCall call) throws Exception;
  }

  private record Found(
      Reader reader,
      Asks asks,
      @Nullable CacheHint hint,
      boolean differs,
      List<String> scopes,
      Map<String, String> variables) {}

  /** Whether a URI has a resource or template that a caller may see, with or without the scopes. */
  static boolean isKnown(ServerDefinition server, String uri, Caller caller) throws Exception {
    return server.hasResources() && find(server, uri, caller).isPresent();
  }

  /** The scopes that reading a URI needs; empty if it has no resource. */
  static List<String> requiredScopes(ServerDefinition server, String uri, Caller caller)
      throws Exception {
    Found found = server.hasResources() ? find(server, uri, caller).orElse(null) : null;
    return found == null ? List.of() : found.scopes;
  }

  private static Optional<Found> find(ServerDefinition server, String uri, Caller caller)
      throws Exception {
    Catalog<Resource> resources = server.resources();
    if (resources != null) {
      Optional<Resource> resource = resources.find(uri, caller);
      if (resource.isPresent()) {
        Resource r = resource.get();
        boolean differs = r.isRestricted() || !(resources instanceof Registry);
        return Optional.of(new Found(
            r::read,
            Asks.of(r),
            r.cacheHint().orElse(null),
            differs,
            r.requiredScopes(),
            Map.of()));
      }
    }
    if (resources instanceof Registry<Resource> registry && registry.has(uri)) {
      return Optional.empty(); // hidden, so it must not be read through a template either
    }
    Catalog<ResourceTemplate> templates = server.templates();
    String after = null;
    while (templates != null) {
      Page<ResourceTemplate> page = templates.list(caller, after, SCAN).orElseThrow();
      for (ResourceTemplate template : page.items()) {
        Optional<Map<String, String>> variables = template.match(uri);
        if (variables.isPresent()) {
          return Optional.of(new Found(
              template::read,
              Asks.of(template),
              template.cacheHint().orElse(null),
              template.isRestricted() || !(templates instanceof Registry),
              template.requiredScopes(),
              variables.get()));
        }
        after = template.key();
      }
      if (!page.more() || page.items().isEmpty()) {
        break;
      }
    }
    return Optional.empty();
  }

  static ObjectNode read(ServedRequest call) throws Exception {
    String uri = Params.text(call.params(), "uri");
    Found found = find(call.server(), uri, call.exchange().caller()).orElse(null);
    if (found == null) {
      throw call.wire().resourceNotFound(uri);
    }
    call.server().scopes().require(found.scopes, call.exchange());
    try (HandlerCall.OfResource running =
        new HandlerCall.OfResource(call, found.asks, uri, found.variables)) {
      try {
        ResourceResult result = found.reader.read(running);
        if (result == null) {
          throw call.wire().resourceNotFound(uri);
        }
        return toJson(result, found);
      } finally {
        running.throwIfAsked();
      }
    }
  }

  private static ObjectNode toJson(ResourceResult result, Found found) {
    ObjectNode json = result.toJson();
    CacheHint hint = result.cache().orElse(found.hint);
    if (hint != null && found.differs) {
      hint = CacheHint.privately(hint.ttl()); // other callers may not see it
    }
    if (hint != null) {
      hint.addTo(json); // the legacy era removes it
    }
    return json;
  }
}
