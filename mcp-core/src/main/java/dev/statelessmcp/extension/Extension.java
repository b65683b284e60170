package dev.statelessmcp.extension;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.tool.Tool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * An extension of the protocol: an identifier, settings, methods, resources and hooks. Immutable,
 * and thread-safe if its handlers are.
 *
 * <pre>{@code
 * Extension search =
 *     Extension.builder("com.example/search")
 *         .method(ExtensionMethod.of("search/query", (params, call) -> Json.object().put("found", 0)).nameMember("index"))
 *         .build();
 * }</pre>
 *
 * <p>It can add methods, resources, results of another {@code resultType} to {@code tools/call},
 * and members of the filter of {@code subscriptions/listen}, and can run the tools of
 * {@code tools/call} itself. It cannot change the methods of the protocol in any other way.
 *
 * <p>A tool can bring an extension with it: {@code tool.attribute(Extension.class, extension)} adds
 * the extension to each server that has the tool. If the server already has an extension with that
 * identifier, only the resources are added.
 *
 * <p>A client of 2026-07-28 that did not declare the extension is refused with error -32021. On a
 * connection of an earlier revision the methods of an extension that was not declared do not exist
 * (-32601). Without a connection a client of an earlier revision is served, because it cannot
 * declare extensions. {@link Builder#forEveryClient} serves the methods to all clients. Results of
 * another {@code resultType} go only to clients that declared the extension.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning#extension-negotiation">Extension
 *     Negotiation</a>
 */
public final class Extension {
  private final String id;
  private final ObjectNode settings;
  private final boolean legacy;
  private final boolean forEveryClient;
  private final List<ExtensionMethod> methods;
  private final List<Resource> resources;
  private final @Nullable BiConsumer<List<Tool>, List<Resource>> check;
  private final @Nullable ToolCallHook toolCallHook;
  private final Set<String> resultTypes;
  private final Map<String, ExtensionSubscription> subscriptions;

  private Extension(Builder builder) {
    id = builder.id;
    settings = builder.settings;
    legacy = builder.legacy;
    forEveryClient = builder.forEveryClient;
    methods = List.copyOf(builder.methods);
    resources = List.copyOf(builder.resources);
    check = builder.check;
    toolCallHook = builder.toolCallHook;
    resultTypes = builder.resultTypes;
    subscriptions = new LinkedHashMap<>(builder.subscriptions);
  }

  /**
   * Creates a builder of an extension.
   *
   * @param id the identifier, a prefix and a name such as {@code com.example/search}; not null
   * @return a builder
   * @throws IllegalArgumentException if the identifier does not have that form
   */
  public static Builder builder(String id) {
    int slash = id.indexOf('/');
    if (slash <= 0 || slash == id.length() - 1) {
      throw new IllegalArgumentException(
          "the identifier of an extension must be like com.example/search, was \"" + id + "\"");
    }
    return new Builder(id);
  }

  /**
   * The identifier.
   *
   * @return such as {@code com.example/search}
   */
  public String id() {
    return id;
  }

  /**
   * The settings that the server declares in {@code capabilities.extensions}.
   *
   * @return an object; empty if there are none; must not be changed
   */
  public ObjectNode settings() {
    return settings;
  }

  /**
   * Whether the extension also exists in the revisions before 2026-07-28.
   *
   * @return true if {@code initialize} declares it, and its methods exist there
   */
  public boolean isLegacy() {
    return legacy;
  }

  /**
   * Whether clients need not declare the extension to use its methods.
   *
   * @return true if they need not
   */
  public boolean isForEveryClient() {
    return forEveryClient;
  }

  /**
   * The methods that the extension adds.
   *
   * @return unmodifiable, in the order in which they were added
   */
  public List<ExtensionMethod> methods() {
    return methods;
  }

  /**
   * The resources that the extension adds.
   *
   * @return unmodifiable, in the order in which they were added
   */
  public List<Resource> resources() {
    return resources;
  }

  /**
   * The check of a server that has the extension.
   *
   * @return empty if there is none
   */
  public Optional<BiConsumer<List<Tool>, List<Resource>>> check() {
    return Optional.ofNullable(check);
  }

  /**
   * The hook into {@code tools/call}.
   *
   * @return empty if the extension has none
   */
  public Optional<ToolCallHook> toolCallHook() {
    return Optional.ofNullable(toolCallHook);
  }

  /**
   * The values of {@code resultType} that the hook may use, besides {@code complete}.
   *
   * @return unmodifiable
   */
  public Set<String> resultTypes() {
    return resultTypes;
  }

  /**
   * The members that the extension adds to the filter of {@code subscriptions/listen}.
   *
   * @return by member; must not be changed
   */
  public Map<String, ExtensionSubscription> subscriptions() {
    return subscriptions;
  }

  /** Builds an extension. Not thread-safe. */
  public static final class Builder {
    private final String id;
    private ObjectNode settings = Json.object();
    private boolean legacy;
    private boolean forEveryClient;
    private final List<ExtensionMethod> methods = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private @Nullable BiConsumer<List<Tool>, List<Resource>> check;
    private @Nullable ToolCallHook toolCallHook;
    private Set<String> resultTypes = Set.of();
    private final Map<String, ExtensionSubscription> subscriptions = new LinkedHashMap<>();

    private Builder(String id) {
      this.id = id;
    }

    /**
     * Sets the settings that the server declares in {@code capabilities.extensions}.
     *
     * @param newSettings an object; by default an empty one; not null, must not be changed later
     * @return this
     */
    public Builder settings(ObjectNode newSettings) {
      settings = Objects.requireNonNull(newSettings, "settings");
      return this;
    }

    /**
     * Also offers the extension in the revisions before 2026-07-28: {@code initialize} declares it,
     * and its methods exist there. Results of another {@code resultType} and subscriptions do not,
     * because those revisions have neither.
     *
     * @return this
     */
    public Builder legacy() {
      legacy = true;
      return this;
    }

    /**
     * Adds a method.
     *
     * @param method the method; its name must not be one of the protocol's; not null
     * @return this
     */
    public Builder method(ExtensionMethod method) {
      methods.add(Objects.requireNonNull(method, "method"));
      return this;
    }

    /**
     * Also serves the methods to clients that do not declare the extension. For extensions that
     * only servers declare.
     *
     * @return this
     */
    public Builder forEveryClient() {
      forEveryClient = true;
      return this;
    }

    /**
     * Adds resources to the server, after its own.
     *
     * @param more the resources; not null
     * @return this
     */
    public Builder resources(List<Resource> more) {
      resources.addAll(more);
      return this;
    }

    /**
     * Sets a check of the server, which runs when it is built.
     *
     * @param newCheck takes the tools and the resources of the server, without those of catalogues;
     *     it must not change them, and throws {@code IllegalArgumentException} if the server would
     *     not work; not null
     * @return this
     */
    public Builder check(BiConsumer<List<Tool>, List<Resource>> newCheck) {
      check = Objects.requireNonNull(newCheck, "check");
      return this;
    }

    /**
     * Sets the hook into {@code tools/call}.
     *
     * @param hook called for each call of a tool; not null
     * @param types the values of {@code resultType} that it may use, besides {@code complete}
     * @return this
     */
    public Builder toolCalls(ToolCallHook hook, String... types) {
      toolCallHook = Objects.requireNonNull(hook, "hook");
      resultTypes = Set.of(types);
      return this;
    }

    /**
     * Adds a member to the filter of {@code subscriptions/listen}.
     *
     * @param member the name of the member, such as {@code taskIds}; not null
     * @param subscription what it subscribes to; not null
     * @return this
     * @throws IllegalArgumentException if the member has a subscription already
     */
    public Builder subscription(String member, ExtensionSubscription subscription) {
      Objects.requireNonNull(member, "member");
      Objects.requireNonNull(subscription, "subscription");
      if (subscriptions.putIfAbsent(member, subscription) != null) {
        throw new IllegalArgumentException(
            "the member \"" + member + "\" already has a subscription");
      }
      return this;
    }

    /**
     * Creates the extension.
     *
     * @return the extension
     */
    public Extension build() {
      return new Extension(this);
    }
  }
}
