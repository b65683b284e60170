package dev.statelessmcp.app;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.tool.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A page that a host shows for the results of tools, in a sandboxed frame. Immutable; the methods
 * that set something return a new app.
 *
 * <pre>{@code
 * App chart = App.ofClassPath("ui://shop/chart", Shop.class, "chart.html");
 *
 * McpServer server = McpServer.named("shop", "1.0.0")
 *     .tool(Tool.of("sales", "Shows the sales of a year", Year.class, Sales.class, Shop::sales)
 *         .apply(chart.ui()))
 *     .build();
 * }</pre>
 *
 * <p>The server then declares the extension and serves the page as a resource. A client that does
 * not show pages gets the content of the result, as from every tool; it must have the data of the
 * page.
 *
 * @see <a
 *     href="https://github.com/modelcontextprotocol/ext-apps/blob/main/specification/2026-01-26/apps.mdx">MCP
 *     Apps</a>
 */
public final class App {
  /** The media type of pages. */
  public static final String MIME_TYPE = "text/html;profile=mcp-app";

  private static final String DOCTYPE = "<!doctype html";

  private final String uri;
  private final String html;

  // Set only in a copy, before it is published
  private @Nullable String title;
  private @Nullable String description;
  private Csp csp = Csp.NONE;
  private Set<Permission> permissions = Set.of();
  private @Nullable String domain;
  private @Nullable Boolean border;
  private UnaryOperator<Resource> change = UnaryOperator.identity();
  private Resource resource;

  private App(String uri, String html) {
    this.uri = checkUri(uri);
    this.html = checkHtml(uri, html);
    resource = define();
  }

  private App(App other) {
    uri = other.uri;
    html = other.html;
    title = other.title;
    description = other.description;
    csp = other.csp;
    permissions = other.permissions;
    domain = other.domain;
    border = other.border;
    change = other.change;
    resource = other.resource;
  }

  /**
   * Creates a page from a string.
   *
   * @param uri its URI, such as {@code ui://shop/chart}; unique in its server; not null
   * @param html an HTML5 document, from {@code <!doctype html>} on; not null
   * @return the app
   * @throws IllegalArgumentException if the URI does not begin with {@code ui://}, or the text is
   *     not an HTML5 document
   */
  public static App of(String uri, String html) {
    return new App(uri, html);
  }

  /**
   * Creates a page from a file of the class path, which is read immediately.
   *
   * @param uri its URI, such as {@code ui://shop/chart}; unique in its server; not null
   * @param beside a class of the same jar; a name without a slash at its beginning is looked for in
   *     its package; not null
   * @param name the name of the file, an HTML5 document in UTF-8; not null
   * @return the app
   * @throws IllegalArgumentException if there is no such file, it is not UTF-8 or not an HTML5
   *     document, or the URI does not begin with {@code ui://}
   * @throws UncheckedIOException if the file cannot be read
   */
  public static App ofClassPath(String uri, Class<?> beside, String name) {
    try (InputStream file = beside.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalArgumentException("app " + uri + ": there is no file " + name
            + " on the class path of " + beside.getName());
      }
      ByteBuffer bytes = ByteBuffer.wrap(file.readAllBytes());
      return of(uri, StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("app " + uri + ": " + name + " must be UTF-8", e);
    } catch (IOException e) {
      throw new UncheckedIOException("app " + uri + ": " + name + " cannot be read", e);
    }
  }

  private static String checkUri(String uri) {
    boolean good = uri.startsWith("ui://") && uri.length() > "ui://".length();
    if (good) {
      good = URI.create(uri).getAuthority() != null;
    }
    if (!good) {
      throw new IllegalArgumentException(
          "the URI of an app must be like ui://shop/chart, was \"" + uri + "\"");
    }
    return uri;
  }

  /** "Content MUST be valid HTML5 document": a fragment would be shown in quirks mode. */
  private static String checkHtml(String uri, String html) {
    String text = html.startsWith("\ufeff") ? html.substring(1) : html;
    String begin = text.stripLeading();
    while (begin.startsWith("<!--") && begin.contains("-->")) {
      begin = begin.substring(begin.indexOf("-->") + "-->".length()).stripLeading();
    }
    if (!begin.regionMatches(true, 0, DOCTYPE, 0, DOCTYPE.length())) {
      throw new IllegalArgumentException(
          "app " + uri + ": the page must be an HTML5 document, from <!doctype html> on");
    }
    return text;
  }

  /**
   * Sets a display name.
   *
   * @param newTitle the title; null for none
   * @return a new app
   */
  public App title(@Nullable String newTitle) {
    App copy = new App(this);
    copy.title = newTitle;
    return copy.defined();
  }

  /**
   * Sets a description.
   *
   * @param text the description; null for none
   * @return a new app
   */
  public App description(@Nullable String text) {
    App copy = new App(this);
    copy.description = text;
    return copy.defined();
  }

  /**
   * Sets the origins that the page needs.
   *
   * @param newCsp the origins; by default {@link Csp#NONE}; not null
   * @return a new app
   */
  public App csp(Csp newCsp) {
    App copy = new App(this);
    copy.csp = Objects.requireNonNull(newCsp, "csp");
    return copy.defined();
  }

  /**
   * Sets the browser permissions that the page requests. A page must work without them, because a
   * host need not grant them.
   *
   * @param newPermissions by default none
   * @return a new app
   */
  public App permissions(Permission... newPermissions) {
    App copy = new App(this);
    copy.permissions = new TreeSet<>(List.of(newPermissions));
    return copy.defined();
  }

  /**
   * Requests a stable origin, for OAuth callbacks or lists of allowed origins.
   *
   * @param newDomain a host name in the form that the host requires, such as
   *     {@code www-example-com.oaiusercontent.com}; null (the default) to let the host choose
   * @return a new app
   */
  public App domain(@Nullable String newDomain) {
    App copy = new App(this);
    copy.domain = newDomain;
    return copy.defined();
  }

  /**
   * Sets whether the host should draw a border and a background. By default the host decides.
   *
   * @param wanted true if it should
   * @return a new app
   */
  public App border(boolean wanted) {
    App copy = new App(this);
    copy.border = wanted;
    return copy.defined();
  }

  /**
   * Changes the resource of the page, such as its cache hint, visibility or icons.
   *
   * @param newChange gets the resource and returns a changed one; not null
   * @return a new app
   */
  public App resource(UnaryOperator<Resource> newChange) {
    App copy = new App(this);
    copy.change = Objects.requireNonNull(newChange, "change");
    return copy.defined();
  }

  private App defined() {
    resource = define();
    return this;
  }

  private Resource define() {
    ResourceContents contents = ResourceContents.text(uri, MIME_TYPE, html);
    ObjectNode meta = meta();
    if (meta != null) {
      contents = contents.meta(meta);
    }
    ResourceResult result = ResourceResult.of(contents);
    // The metadata is in the list too, because hosts may read it before they read the page
    return change.apply(Resource.of(uri, name(), call -> result)
        .title(title)
        .description(description)
        .mimeType(MIME_TYPE)
        .size(html.getBytes(StandardCharsets.UTF_8).length)
        .meta(meta));
  }

  private String name() {
    return uri.substring(uri.lastIndexOf('/') + 1);
  }

  private @Nullable ObjectNode meta() {
    ObjectNode ui = Json.object();
    if (!csp.isEmpty()) {
      ui.set("csp", csp.toJson());
    }
    if (!permissions.isEmpty()) {
      ObjectNode wanted = ui.putObject("permissions");
      for (Permission permission : permissions) {
        wanted.putObject(permission.wire());
      }
    }
    if (domain != null) {
      ui.put("domain", domain);
    }
    if (border != null) {
      ui.put("prefersBorder", border);
    }
    if (ui.isEmpty()) {
      return null;
    }
    ObjectNode meta = Json.object();
    meta.set("ui", ui);
    return meta;
  }

  /**
   * Shows the page for the results of a tool: {@code tool.apply(app.ui())}. Set other metadata of
   * the tool before.
   *
   * @return a function that changes a tool
   */
  public UnaryOperator<Tool> ui() {
    return tool -> ToolMeta.show(tool, this, null);
  }

  /**
   * Shows the page for the results of a tool, and sets the visibility of the tool.
   *
   * @param visibility who may call it; by default the model and the pages of the server
   * @return a function that changes a tool
   * @throws IllegalArgumentException if {@code visibility} is empty
   */
  public UnaryOperator<Tool> ui(Visibility... visibility) {
    Set<Visibility> some = ToolMeta.checked(visibility);
    return tool -> ToolMeta.show(tool, this, some);
  }

  /**
   * The URI.
   *
   * @return never null
   */
  public String uri() {
    return uri;
  }

  /**
   * The resource of the page. A tool that shows the page adds it to the server; add it explicitly
   * if the tools or the resources of the server come from a catalogue.
   *
   * @return always the same object
   */
  public Resource resource() {
    return resource;
  }

  @Override
  public String toString() {
    return "App " + uri;
  }
}
