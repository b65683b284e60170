package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The methods of the protocol and of a server's extensions, and their dispatch. */
final class MethodTable {
  /** Every method that a client can call, in any revision. */
  private static final MethodInfo[] PROTOCOL = {
    // name, modern, legacy, member in Mcp-Name, cacheable, limited
    new MethodInfo("server/discover", true, false, null, true, false),
    new MethodInfo("subscriptions/listen", true, false, null, false, false),
    new MethodInfo("tools/list", true, true, null, true, false),
    new MethodInfo("tools/call", true, true, "name", false, true),
    new MethodInfo("prompts/list", true, true, null, true, false),
    new MethodInfo("prompts/get", true, true, "name", false, true),
    new MethodInfo("resources/list", true, true, null, true, false),
    new MethodInfo("resources/templates/list", true, true, null, true, false),
    new MethodInfo("resources/read", true, true, "uri", true, true),
    new MethodInfo("completion/complete", true, true, null, false, true),
    new MethodInfo("initialize", false, true, null, false, false),
    new MethodInfo("ping", false, true, null, false, false),
    new MethodInfo("logging/setLevel", false, true, null, false, false),
    new MethodInfo("resources/subscribe", false, true, "uri", false, false),
    new MethodInfo("resources/unsubscribe", false, true, "uri", false, false),
  };

  private final Map<String, MethodInfo> methods = new HashMap<>();

  /** Creates the table of a server, without the methods of features that it does not have. */
  MethodTable(ServerDefinition server) {
    for (MethodInfo method : PROTOCOL) {
      if (server.has(method.name())) {
        methods.put(method.name(), method);
      }
    }
    for (Extension extension : server.extensions()) {
      for (ExtensionMethod method : extension.methods()) {
        methods.put(method.name(), MethodInfo.of(extension, method));
      }
    }
  }

  /** The method of the protocol with that name; null if there is none. */
  static @Nullable MethodInfo ofProtocol(String name) {
    for (MethodInfo method : PROTOCOL) {
      if (method.name().equals(name)) {
        return method;
      }
    }
    return null;
  }

  /** The names of the methods whose results have a cache hint, for messages. */
  static String cacheable() {
    TreeSet<String> names = new TreeSet<>();
    for (MethodInfo method : PROTOCOL) {
      if (method.cacheable()) {
        names.add(method.name());
      }
    }
    return String.join(", ", names);
  }

  /** The method with that name in an era; null if it does not exist. */
  @Nullable
  MethodInfo find(String name, boolean modern) {
    MethodInfo method = methods.get(name);
    return method != null && (modern ? method.modern() : method.legacy()) ? method : null;
  }

  /**
   * Serves a request of a method that was found.
   *
   * @return the result without members of an era, a new object
   * @throws Exception {@code McpException} for an error that the client gets; any other exception
   *     is an internal error
   */
  static ObjectNode serve(ServedRequest call) throws Exception {
    // cold start: a switch, because a function in each row would be a class in each row
    return switch (call.method()) {
      case "server/discover" -> ModernEra.discover(call);
      case "subscriptions/listen" -> SubscriptionMethods.listen(call);
      case "tools/list" -> ToolMethods.list(call);
      case "tools/call" -> ToolMethods.call(call);
      case "prompts/list" -> PromptMethods.list(call);
      case "prompts/get" -> PromptMethods.get(call);
      case "resources/list" -> ResourceMethods.list(call);
      case "resources/templates/list" -> ResourceMethods.listTemplates(call);
      case "resources/read" -> ResourceMethods.read(call);
      case "completion/complete" -> CompletionMethods.complete(call);
      case "initialize" -> LegacyEra.initialize(call);
      case "ping" -> Json.object();
      case "logging/setLevel" -> LegacyEra.setLevel(call);
      case "resources/subscribe" -> LegacyEra.subscribe(call);
      case "resources/unsubscribe" -> LegacyEra.unsubscribe(call);
      default -> ExtensionMethods.serve(call);
    };
  }
}
