package dev.statelessmcp.app;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.call.Call;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.tool.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The Apps extension of a server. A tool that shows an {@link App} adds it to the server.
 *
 * @see <a
 *     href="https://github.com/modelcontextprotocol/ext-apps/blob/main/specification/2026-01-26/apps.mdx">MCP
 *     Apps</a>
 */
public final class Apps {
  /** The identifier of the extension. */
  public static final String EXTENSION = "io.modelcontextprotocol/ui";

  private Apps() {}

  /**
   * Creates the extension for a server whose tools come from a catalogue. Other tools bring it with
   * them.
   *
   * @param apps the apps that the tools of the catalogue show
   * @return a new extension; it adds the resources of the apps
   */
  public static Extension extension(App... apps) {
    List<Resource> resources = new ArrayList<>(apps.length);
    for (App app : apps) {
      resources.add(app.resource());
    }
    return Extension.builder(EXTENSION)
        .legacy()
        .resources(resources)
        .check(ToolMeta::check)
        .build();
  }

  /**
   * Sets the visibility of a tool that shows no page, such as one that only pages call:
   * {@code tool.apply(Apps.visibleTo(Visibility.APP))}. Hosts that do not know the extension ignore
   * it.
   *
   * @param visibility who may call the tool
   * @return a function that changes a tool
   * @throws IllegalArgumentException if {@code visibility} is empty
   */
  public static UnaryOperator<Tool> visibleTo(Visibility... visibility) {
    Set<Visibility> some = ToolMeta.checked(visibility);
    return tool -> ToolMeta.show(tool, null, some);
  }

  /**
   * Whether the client declares that it shows pages. A tool may then answer differently, but the
   * content of its result must always be meaningful, because the model reads it.
   *
   * @param call the call; not null
   * @return true if it does; false for a client of an earlier revision without a session, because
   *     its declaration is not stored
   */
  public static boolean isShownTo(Call call) {
    JsonNode types = call.meta()
        .clientCapabilities()
        .json()
        .path("extensions")
        .path(EXTENSION)
        .path("mimeTypes");
    for (JsonNode type : types) {
      if (App.MIME_TYPE.equals(type.textValue())) {
        return true;
      }
    }
    return false;
  }
}
