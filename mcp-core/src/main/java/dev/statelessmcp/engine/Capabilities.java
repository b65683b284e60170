package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.json.Json;

/** The capabilities of a server, for both eras. */
final class Capabilities {

  private Capabilities() {}

  /**
   * The capabilities.
   *
   * @param server the server
   * @param pushes true if changes can reach the client; otherwise their capabilities are not
   *     declared
   */
  static ObjectNode of(ServerDefinition server, boolean pushes) {
    boolean changes = pushes && server.feed() != null;
    ObjectNode capabilities = Json.object();
    if (server.tools() != null) {
      withChanges(capabilities.putObject("tools"), changes);
    }
    if (server.prompts() != null) {
      withChanges(capabilities.putObject("prompts"), changes);
    }
    if (server.hasResources()) {
      ObjectNode resources = capabilities.putObject("resources");
      if (changes) {
        resources.put("subscribe", true);
      }
      withChanges(resources, changes);
    }
    if (server.completes()) {
      capabilities.putObject("completions");
    }
    if (server.logs()) {
      capabilities.putObject("logging");
    }
    return capabilities;
  }

  /**
   * Adds the extensions.
   *
   * @param modern true for the modern era, which has all of them
   */
  static void addExtensions(ServerDefinition server, boolean modern, ObjectNode capabilities) {
    for (Extension extension : server.extensions()) {
      if (modern || extension.isLegacy()) {
        capabilities.withObjectProperty("extensions").set(extension.id(), extension.settings());
      }
    }
  }

  private static void withChanges(ObjectNode capability, boolean changes) {
    if (changes) {
      capability.put("listChanged", true);
    }
  }
}
