package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.McpException;

/** The methods that extensions add. */
final class ExtensionMethods {

  private ExtensionMethods() {}

  static ObjectNode serve(ServedRequest call) throws Exception {
    MethodInfo info = call.info();
    Extension extension = info == null ? null : info.extension();
    ExtensionMethod method = info == null ? null : info.handler();
    if (extension == null || method == null) {
      throw new IllegalStateException("nothing serves " + call.method());
    }
    requireDeclared(extension, call);
    Catalog<?> catalog = method.catalog().orElse(null);
    if (catalog != null) {
      return serve(call, method, catalog);
    }
    try (HandlerCall running = new HandlerCall(call, Asks.NOTHING)) {
      ObjectNode result = method.handler().orElseThrow().serve(call.params(), running);
      if (result == null) {
        throw new IllegalStateException("a method of " + extension.id() + " returned null");
      }
      return result.deepCopy(); // the era changes it, and the extension owns it
    }
  }

  private static <T extends Item<?>> ObjectNode serve(
      ServedRequest call, ExtensionMethod method, Catalog<T> catalog) throws Exception {
    Catalog<T> seen = new ScopedCatalog<>(catalog, call.server().scopes());
    ObjectNode result = method.isList()
        ? Lists.list(call, seen, method.resultMember().orElseThrow())
        : find(call, method, seen);
    CacheHint hint = method.cacheHint().orElse(null);
    if (hint != null && call.era() == Era.MODERN) {
      hint.addTo(result);
    }
    return result;
  }

  private static <T extends Item<?>> ObjectNode find(
      ServedRequest call, ExtensionMethod method, Catalog<T> catalog) throws Exception {
    String member = method.keyMember().orElseThrow();
    String key = Params.text(call.params(), member);
    T item = catalog.find(key, call.exchange().caller()).orElse(null);
    if (item == null) {
      throw McpException.invalidParams(
          "params." + member + " must be the key of an item, was " + Json.printable(key, 256));
    }
    String name = method.resultMember().orElse(null);
    if (name == null) {
      return item.toJson().deepCopy(); // the era changes it
    }
    ObjectNode result = Json.object();
    result.set(name, item.toJson());
    return result;
  }

  /**
   * Refuses a client that did not declare the extension: in the modern era with the request, in the
   * legacy era in {@code initialize}. Without a connection the declaration of a legacy client is
   * not known, so it is served.
   */
  private static void requireDeclared(Extension extension, ServedRequest call) {
    if (extension.isForEveryClient()
        || call.meta().clientCapabilities().has("extensions", extension.id())) {
      return;
    }
    if (call.era() == Era.MODERN) {
      throw McpException.missingExtension(extension.id());
    }
    if (call.exchange().connection().isPresent()) {
      throw new McpException(
          ErrorCode.METHOD_NOT_FOUND,
          "Method not found: " + call.method() + " is for clients that declare " + extension.id());
    }
  }
}
