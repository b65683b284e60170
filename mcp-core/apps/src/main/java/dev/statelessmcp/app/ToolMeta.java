package dev.statelessmcp.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.tool.Tool;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The metadata of a tool about its page, in both forms that hosts read. */
final class ToolMeta {
  private static final String UI = "ui";
  private static final String RESOURCE_URI = "resourceUri";

  /** Deprecated in the extension; hosts of its first drafts read only this member. */
  private static final String FLAT = "ui/resourceUri";

  private ToolMeta() {}

  static Set<Visibility> checked(Visibility... visibility) {
    if (visibility.length == 0) {
      throw new IllegalArgumentException("visibility must be MODEL, APP or both, was empty");
    }
    return new TreeSet<>(List.of(visibility));
  }

  static Tool show(Tool tool, @Nullable App app, @Nullable Set<Visibility> visibility) {
    ObjectNode meta =
        tool.toJson().get("_meta") instanceof ObjectNode old ? old.deepCopy() : Json.object();
    ObjectNode ui = meta.get(UI) instanceof ObjectNode old ? old : meta.putObject(UI);
    if (app != null) {
      ui.put(RESOURCE_URI, app.uri());
      meta.put(FLAT, app.uri());
    }
    if (visibility != null) {
      ArrayNode who = ui.putArray("visibility");
      for (Visibility one : visibility) {
        who.add(one.wire());
      }
    }
    App shown = app == null ? tool.attribute(App.class).orElse(null) : app;
    Extension brought = shown == null ? Apps.extension() : Apps.extension(shown);
    return tool.meta(meta).attribute(App.class, app).attribute(Extension.class, brought);
  }

  /**
   * Checks the pages of tools when a server is built; otherwise the error would occur in a host.
   */
  static void check(List<Tool> tools, List<Resource> resources) {
    Set<String> uris = new HashSet<>();
    for (Resource resource : resources) {
      uris.add(resource.key());
    }
    for (Tool tool : tools) {
      JsonNode meta = tool.toJson().path("_meta");
      App app = tool.attribute(App.class).orElse(null);
      String nested = meta.path(UI).path(RESOURCE_URI).textValue();
      if (app != null && !app.uri().equals(nested)) {
        throw new IllegalArgumentException(
            "tool \"" + tool.name() + "\": meta() has replaced the metadata of ui();"
                + " call meta() before apply(app.ui())");
      }
      requireServed(tool, nested, uris);
      requireServed(tool, meta.path(FLAT).textValue(), uris);
    }
  }

  private static void requireServed(Tool tool, @Nullable String uri, Set<String> uris) {
    if (uri != null && !uris.contains(uri)) {
      throw new IllegalArgumentException("tool \"" + tool.name() + "\" shows " + uri
          + ", which is not a resource of the server; use apply(app.ui()), or add the resource");
    }
  }
}
