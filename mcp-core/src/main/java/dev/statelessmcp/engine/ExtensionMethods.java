package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
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
      ObjectNode list = Lists.list(call, catalog, method.listMember().orElseThrow());
      CacheHint hint = method.cacheHint().orElse(null);
      if (hint != null && call.era() == Era.MODERN) {
        hint.addTo(list);
      }
      return list;
    }
    try (HandlerCall running = new HandlerCall(call, Asks.NOTHING)) {
      ObjectNode result = method.handler().orElseThrow().serve(call.params(), running);
      if (result == null) {
        throw new IllegalStateException("a method of " + extension.id() + " returned null");
      }
      return result.deepCopy(); // the era writes into it, and it is the extension's
    }
  }

  /**
   * A modern client declares the extension with each request. A legacy client declared it in
   * {@code initialize}. Where {@code initialize} is not remembered nothing is known of the client,
   * so it is served.
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
