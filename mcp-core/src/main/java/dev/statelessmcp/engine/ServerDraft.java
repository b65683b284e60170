package dev.statelessmcp.engine;

import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.extension.ExtensionMethod;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The parts that {@code McpServer.Builder} collects, and the checks of the complete server. Not
 * thread-safe.
 */
public final class ServerDraft {
  /** The name and version of the server. */
  public Implementation info;

  /** The instructions for the model; null for none. */
  public @Nullable String instructions;

  /** The tools that are added one by one. */
  public final List<Tool> tools = new ArrayList<>();

  /** The prompts that are added one by one. */
  public final List<Prompt> prompts = new ArrayList<>();

  /** The resources that are added one by one. */
  public final List<Resource> resources = new ArrayList<>();

  /** The resource templates that are added one by one. */
  public final List<ResourceTemplate> templates = new ArrayList<>();

  /** The catalogue of tools; null if they are added one by one. */
  public @Nullable Catalog<Tool> toolCatalog;

  /** The catalogue of prompts; null if they are added one by one. */
  public @Nullable Catalog<Prompt> promptCatalog;

  /** The catalogue of resources; null if they are added one by one. */
  public @Nullable Catalog<Resource> resourceCatalog;

  /** The catalogue of resource templates; null if they are added one by one. */
  public @Nullable Catalog<ResourceTemplate> templateCatalog;

  /** Whether arguments are completed. */
  public boolean completes;

  /** Whether handlers send log messages to clients. */
  public boolean logs;

  /** Whether a handler may ask the client. */
  public boolean asks;

  /** Whether typed tools refuse values of another JSON type by default. */
  public boolean strictArguments;

  /** Whether typed tools and prompts ignore unknown arguments by default. */
  public boolean ignoresUnknownArguments;

  /** Whether the schemas of typed tools have no references. */
  public boolean flatSchemas;
  /** Whether a scope that a caller has implies one that is required; null if none does. */
  public @Nullable BiPredicate<String, String> scopeHierarchy;

  /** Whether items are hidden by default from callers who lack a scope. */
  public boolean hidesWithoutScopes;

  /** Whether pages of lists have entity tags. */
  public boolean tagsLists;

  /** The number of items on a page of a list. */
  public int pageSize = 1000;

  /** The cache hints by method. */
  public final Map<String, CacheHint> cacheHints = new HashMap<>();

  /** The feed of changes; null for none. */
  public @Nullable ChangeFeed feed;

  /** The keys that encrypt {@code requestState}. */
  public Supplier<StateKeys> stateKeys = new ProcessKeys();

  /** How long {@code requestState} is valid. */
  public Duration stateTtl = Duration.ofMinutes(15);

  /** The extensions. */
  public final List<Extension> extensions = new ArrayList<>();

  /** The interceptors and observers, outermost first. */
  public final List<Interceptor> interceptors = new ArrayList<>();

  private int observers; // the first of the interceptors
  /** Whether each request is logged; null to leave that to the transport. */
  public @Nullable Boolean requestLog;

  /**
   * Creates an empty draft.
   *
   * @param info the name and version of the server
   */
  public ServerDraft(Implementation info) {
    this.info = info;
  }

  /**
   * Adds an observer, around all interceptors.
   *
   * @param observer the observer
   */
  public void observe(Observer observer) {
    interceptors.add(observers++, new ObservingInterceptor(observer)); // around the interceptors
  }

  /**
   * Sets the cache hint of a method.
   *
   * @param method the method
   * @param hint the hint
   * @throws IllegalArgumentException if the results of the method are not cacheable
   */
  public void cache(String method, CacheHint hint) {
    MethodInfo info = MethodTable.ofProtocol(method);
    if (info == null || !info.cacheable()) {
      throw new IllegalArgumentException("the results of "
          + method
          + " are not cacheable; those of "
          + MethodTable.cacheable()
          + " are");
    }
    cacheHints.put(method, hint);
  }

  /**
   * Checks the draft as a whole.
   *
   * @return the definition
   * @throws IllegalArgumentException if two items of one kind have the same name, if an item is
   *     added beside a catalogue of its kind, if an extension has the method or filter member of
   *     another, or if a list that differs between callers has a public cache hint
   */
  public ServerDefinition check() {
    for (Tool tool : tools) {
      if (tool.hasAttributes()) { // cold start: no class of extensions is loaded
        Brought.by(tool, this);
      }
    }
    for (Extension extension : extensions) {
      addResources(extension);
    }
    checkExtensions();
    checkPublicCaches();
    for (int i = 0; flatSchemas && i < tools.size(); i++) {
      Tool tool = tools.get(i);
      tools.set(i, tool.isTyped() ? tool.flatSchema() : tool);
    }
    for (Tool tool : tools) {
      asks |= !Asks.of(tool).isEmpty();
    }
    for (Prompt prompt : prompts) {
      asks |= !Asks.of(prompt).isEmpty();
      completes |= !prompt.completers().isEmpty();
    }
    for (Resource resource : resources) {
      asks |= !Asks.of(resource).isEmpty();
    }
    for (ResourceTemplate template : templates) {
      asks |= !Asks.of(template).isEmpty();
      completes |= !template.completers().isEmpty();
    }
    for (Extension extension : extensions) {
      extension
          .check()
          .ifPresent(check -> check.accept(List.copyOf(tools), List.copyOf(resources)));
    }
    return new ServerDefinition(this);
  }

  /** Adds the resources of an extension, once even if the server is built twice. */
  private void addResources(Extension extension) {
    for (Resource resource : extension.resources()) {
      boolean added = false;
      for (Resource one : resources) {
        added |= one == resource;
      }
      if (!added) {
        resources.add(resource);
      }
    }
  }

  /** The extension that a tool brings with it; a separate class, because few tools do. */
  private static final class Brought { // cold start
    static void by(Tool tool, ServerDraft draft) {
      Extension brought = tool.attribute(Extension.class).orElse(null);
      if (brought == null) {
        return;
      }
      for (Extension extension : draft.extensions) {
        if (extension.id().equals(brought.id())) {
          draft.addResources(brought);
          return;
        }
      }
      draft.extensions.add(brought);
    }
  }

  static <T extends Item<?>> @Nullable Catalog<T> catalog(
      String kind, List<T> items, @Nullable Catalog<T> catalog, ScopeRules scopes) {
    if (catalog != null && !items.isEmpty()) {
      throw new IllegalArgumentException(
          "a " + kind + " must not be added to a server with a catalogue of them");
    }
    if (!items.isEmpty()) {
      return new Registry<>(kind, items, scopes);
    }
    return catalog == null ? null : new ScopedCatalog<>(catalog, scopes);
  }

  private void checkExtensions() {
    Set<String> known = new HashSet<>();
    for (Extension extension : extensions) {
      if (!known.add(extension.id())) {
        throw new IllegalArgumentException("there are two extensions \"" + extension.id() + "\"");
      }
      for (ExtensionMethod method : extension.methods()) {
        if (!known.add("method " + method.name())
            || MethodTable.ofProtocol(method.name()) != null) {
          throw taken(extension, "method", method.name());
        }
      }
      for (String member : extension.subscriptions().keySet()) {
        if (!known.add("member " + member) || SubscriptionMethods.isOwnMember(member)) {
          throw taken(extension, "filter member", member);
        }
      }
    }
  }

  private static IllegalArgumentException taken(Extension extension, String what, String name) {
    return new IllegalArgumentException("extension "
        + extension.id()
        + " has the "
        + what
        + " "
        + name
        + ", which the protocol or another extension has");
  }

  /** "MUST be aware that responses with a public cacheScope may be shared between callers". */
  private void checkPublicCaches() {
    requirePrivate("tools/list", tools, toolCatalog);
    requirePrivate("prompts/list", prompts, promptCatalog);
    requirePrivate("resources/list", resources, resourceCatalog);
    requirePrivate("resources/templates/list", templates, templateCatalog);
    requirePrivate("resources/read", resources, resourceCatalog);
    requirePrivate("resources/read", templates, templateCatalog);
    for (Resource resource : resources) {
      requirePrivate(resource.isRestricted(), resource.cacheHint().orElse(null), resource.key());
    }
    for (ResourceTemplate template : templates) {
      requirePrivate(template.isRestricted(), template.cacheHint().orElse(null), template.key());
    }
  }

  private void requirePrivate(
      String method, List<? extends Item<?>> items, @Nullable Catalog<?> catalog) {
    boolean differs = catalog != null;
    for (Item<?> item : items) {
      differs |= item.isRestricted();
    }
    requirePrivate(differs, cacheHints.get(method), method);
  }

  private static void requirePrivate(boolean differs, @Nullable CacheHint hint, String what) {
    if (differs && hint != null && hint.isPublic()) {
      throw new IllegalArgumentException(
          what + " may differ between callers, so its cache hint must be private");
    }
  }
}
