package dev.statelessmcp.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.tool.Tool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The definition of a server: a checked {@link ServerDraft}. Immutable. */
public final class ServerDefinition {
  private final Implementation info;
  private final ObjectNode infoJson;
  private final @Nullable String instructions;
  private final @Nullable Catalog<Tool> tools;
  private final @Nullable Catalog<Prompt> prompts;
  private final @Nullable Catalog<Resource> resources;
  private final @Nullable Catalog<ResourceTemplate> templates;
  private final ScopeRules scopes;
  private final boolean completes;
  private final boolean logs;
  private final boolean asksClients;
  private final boolean strictArguments;
  private final boolean ignoresUnknownArguments;
  private final boolean tagsLists;
  private final int pageSize;
  private final Map<String, CacheHint> cacheHints;
  private final @Nullable ChangeFeed feed;
  private final Supplier<StateKeys> stateKeys;
  private final Duration stateTtl;
  private final List<Extension> extensions;
  private final List<Interceptor> interceptors;
  private final @Nullable Boolean requestLog;

  ServerDefinition(ServerDraft draft) {
    info = draft.info;
    infoJson = Json.fixed(info.toJson());
    instructions = draft.instructions;
    scopes = new ScopeRules(draft.scopeHierarchy, draft.hidesWithoutScopes);
    tools = ServerDraft.catalog("tool", draft.tools, draft.toolCatalog, scopes);
    prompts = ServerDraft.catalog("prompt", draft.prompts, draft.promptCatalog, scopes);
    resources = ServerDraft.catalog("resource", draft.resources, draft.resourceCatalog, scopes);
    templates =
        ServerDraft.catalog("resource template", draft.templates, draft.templateCatalog, scopes);
    completes = draft.completes;
    logs = draft.logs;
    asksClients = draft.asks;
    strictArguments = draft.strictArguments;
    ignoresUnknownArguments = draft.ignoresUnknownArguments;
    tagsLists = draft.tagsLists;
    pageSize = draft.pageSize;
    cacheHints = Map.copyOf(draft.cacheHints);
    feed = draft.feed;
    stateKeys = draft.stateKeys;
    stateTtl = draft.stateTtl;
    extensions = List.copyOf(draft.extensions);
    interceptors = Boolean.TRUE.equals(draft.requestLog)
        ? logging(draft.interceptors)
        : List.copyOf(draft.interceptors);
    requestLog = draft.requestLog;
  }

  /** The same without interceptors. */
  private ServerDefinition(ServerDefinition other) {
    info = other.info;
    infoJson = other.infoJson;
    instructions = other.instructions;
    tools = other.tools;
    prompts = other.prompts;
    resources = other.resources;
    templates = other.templates;
    scopes = other.scopes;
    completes = other.completes;
    logs = other.logs;
    asksClients = other.asksClients;
    strictArguments = other.strictArguments;
    ignoresUnknownArguments = other.ignoresUnknownArguments;
    tagsLists = other.tagsLists;
    pageSize = other.pageSize;
    cacheHints = other.cacheHints;
    feed = other.feed;
    stateKeys = other.stateKeys;
    stateTtl = other.stateTtl;
    extensions = other.extensions;
    interceptors = List.of();
    requestLog = other.requestLog;
  }

  /**
   * A server with the same parts, and without interceptors and observers.
   *
   * @return itself if it has none
   */
  public ServerDefinition withoutInterceptors() {
    return interceptors.isEmpty() ? this : new ServerDefinition(this);
  }

  /**
   * Adds the log as the outermost interceptor, so that it sees the answers and refusals of others.
   */
  private static List<Interceptor> logging(List<Interceptor> others) {
    List<Interceptor> all = new ArrayList<>(others.size() + 1);
    all.add(new ObservingInterceptor(new RequestLog()));
    all.addAll(others);
    return List.copyOf(all);
  }

  /**
   * The server's name and version.
   *
   * @return never null
   */
  public Implementation info() {
    return info;
  }

  /** The same as JSON, which must not be changed: every modern result has it. */
  ObjectNode infoJson() {
    return infoJson;
  }

  /** The instructions for the model; null for none. */
  @Nullable
  String instructions() {
    return instructions;
  }

  /** The tools; null if the server has none. */
  @Nullable
  Catalog<Tool> tools() {
    return tools;
  }

  /** The prompts; null if the server has none. */
  @Nullable
  Catalog<Prompt> prompts() {
    return prompts;
  }

  /** The resources; null if the server has none. */
  @Nullable
  Catalog<Resource> resources() {
    return resources;
  }

  /** The resource templates; null if the server has none. */
  @Nullable
  Catalog<ResourceTemplate> templates() {
    return templates;
  }

  boolean hasResources() {
    return resources != null || templates != null;
  }

  /** The rules of scopes. */
  ScopeRules scopes() {
    return scopes;
  }

  boolean completes() {
    return completes;
  }

  boolean logs() {
    return logs;
  }

  boolean asksClients() {
    return asksClients;
  }

  /** A tool with the server's settings where it has none. */
  Tool configured(Tool tool) {
    return strictArguments || ignoresUnknownArguments
        ? tool.onServer(strictArguments, ignoresUnknownArguments)
        : tool;
  }

  boolean ignoresUnknownArguments() {
    return ignoresUnknownArguments;
  }

  /** Whether pages of lists have entity tags. */
  boolean tagsLists() {
    return tagsLists;
  }

  int pageSize() {
    return pageSize;
  }

  Map<String, CacheHint> cacheHints() {
    return cacheHints;
  }

  /** The feed of changes; null for none. */
  @Nullable
  ChangeFeed feed() {
    return feed;
  }

  /** The keys that encrypt {@code requestState}, created when they are first needed. */
  Supplier<StateKeys> stateKeys() {
    return stateKeys;
  }

  Duration stateTtl() {
    return stateTtl;
  }

  List<Extension> extensions() {
    return extensions;
  }

  /** The interceptors, outermost first. */
  List<Interceptor> interceptors() {
    return interceptors;
  }

  /** Whether each request is logged; null if that is left to the transport. */
  @Nullable
  Boolean requestLog() {
    return requestLog;
  }

  /** Whether the server has the feature that a method of the protocol belongs to. */
  boolean has(String method) {
    return switch (method) {
      case "tools/list", "tools/call" -> tools != null;
      case "prompts/list", "prompts/get" -> prompts != null;
      case "resources/list", "resources/templates/list", "resources/read" -> hasResources();
      case "resources/subscribe", "resources/unsubscribe" -> hasResources() && feed != null;
      case "completion/complete" -> completes;
      case "logging/setLevel" -> logs;
      default -> true;
    };
  }

  /** Whether the server has the list that has changed. */
  boolean hasListOf(ChangeEvent event) {
    String list = event.list().orElse("");
    if (list.equals("tools")) {
      return tools != null;
    }
    return list.equals("prompts") ? prompts != null : hasResources();
  }
}
