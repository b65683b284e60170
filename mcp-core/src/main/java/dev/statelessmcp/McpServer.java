package dev.statelessmcp;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.engine.Dispatcher;
import dev.statelessmcp.engine.ModernEra;
import dev.statelessmcp.engine.Registry;
import dev.statelessmcp.engine.ServerDefinition;
import dev.statelessmcp.engine.SubscriptionMethods;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.Icon;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.subscription.ChangeEvent;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.tool.MirroredParameter;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.LegacyConnection;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A server of the Model Context Protocol, in all its revisions, without sessions: a function from a
 * request to a response. Immutable, and safe from any number of threads.
 *
 * <pre>{@code
 * record Say(@Description("Text to send back") String message) {}
 *
 * McpServer server =
 *     McpServer.named("echo", "1.0.0")
 *         .tool(
 *             Tool.of(
 *                 "echo",
 *                 "Sends the text back",
 *                 Say.class,
 *                 (say, call) -> ToolResult.text("Echo: " + say.message())))
 *         .build();
 * }</pre>
 *
 * <p>Hand it to a transport to make it reachable: {@code StdioTransport}, {@code McpHttpServer},
 * {@code McpLambdaHandler}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28">The specification</a>
 */
public final class McpServer {
  private final ServerDefinition definition;
  private final Dispatcher dispatcher;
  private final boolean asks;

  private McpServer(ServerDefinition definition, boolean asks) {
    this.definition = definition;
    this.asks = asks;
    dispatcher = new Dispatcher(definition);
  }

  /**
   * Begins a server.
   *
   * @param name its programmatic name; not null
   * @param version its version, such as {@code 1.0.0}; not null
   * @return a builder
   */
  public static Builder named(String name, String version) {
    return new Builder(new Implementation(name, version));
  }

  /**
   * What the server says about itself.
   *
   * @return name and version
   */
  public Implementation info() {
    return definition.info();
  }

  /**
   * Serves a request. Blocks until the answer is there, and throws nothing for what a peer sent.
   *
   * @param request the request; not null
   * @param exchange what the transport supplies; not null
   * @return the answer. If the call was cancelled meanwhile, nobody is to see it.
   */
  public JsonRpcMessage.Response handle(JsonRpcMessage.Request request, Exchange exchange) {
    Admission admission = admit(Era.of(request, null), request, exchange);
    return admission instanceof Admission.Admitted admitted
        ? admitted.call().get()
        : ((Admission.Refused) admission).failure();
  }

  /**
   * Decides everything about a request that must be decided before its handler runs: version,
   * metadata, method. For transports that choose a status by it.
   *
   * @param era the era, by {@link Era#of}; not null
   * @param request the request; not null
   * @param exchange what the transport supplies; not null
   * @return a refusal, or a call that can be run once
   */
  public Admission admit(Era era, JsonRpcMessage.Request request, Exchange exchange) {
    return dispatcher.admit(era, request, exchange);
  }

  /**
   * Serves a JSON-RPC batch, one message after the other. Only the revisions 2024-11-05 and
   * 2025-03-26 have batches; {@link Exchange#legacyClient()} says which one is spoken.
   *
   * @param batch the batch; not null
   * @param exchange what the transport supplies; not null
   * @return what to send: an array with the answers in order, or one failure if the batch is
   *     refused as a whole; empty if there is nothing to answer
   */
  public Optional<JsonNode> handle(JsonRpcPayload.Batch batch, Exchange exchange) {
    return dispatcher.serve(batch, exchange);
  }

  /**
   * Tells a legacy connection of changes, as long as it lasts. For transports that have such
   * connections.
   *
   * @param connection the connection; not null
   * @return ends it when closed
   */
  public ChangeFeed.Registration attach(LegacyConnection connection) {
    if (definition.feed() == null) {
      return () -> {};
    }
    return definition.feed().subscribe(event -> {
      boolean wanted = event instanceof ChangeEvent.ResourceUpdated updated
          ? connection.subscriptions().contains(updated.uri())
          : has(event);
      if (wanted) {
        connection.push(SubscriptionMethods.notification(event));
      }
    });
  }

  /** Whether the server has the list that has changed. */
  private boolean has(ChangeEvent event) {
    if (event instanceof ChangeEvent.ToolsChanged) {
      return definition.tools() != null;
    }
    return event instanceof ChangeEvent.PromptsChanged
        ? definition.prompts() != null
        : definition.hasResources();
  }

  /**
   * The arguments of a request that HTTP clients mirror into headers. For transports over HTTP.
   *
   * @param request the request; not null
   * @param caller who makes it; not null
   * @return the parameters; empty for anything but a call of a tool that has some
   */
  public List<MirroredParameter> mirroredParameters(JsonRpcMessage.Request request, Caller caller) {
    String name = request.params().path("name").textValue();
    if (!request.method().equals("tools/call") || definition.tools() == null || name == null) {
      return List.of();
    }
    try {
      Tool tool = definition.tools().find(name, caller).orElse(null);
      return tool == null ? List.of() : tool.mirrored();
    } catch (Exception e) { // the call itself will fail for the same reason, and say so
      return List.of();
    }
  }

  /**
   * Whether a handler may ask the client, and no keys are set for what the client carries then.
   * Such a server works in one process alone: another instance cannot go on with what it has begun.
   *
   * @return true if {@link Builder#stateKeys} should be set where there are several instances
   */
  public boolean lacksStateKeys() {
    return asks && definition.stateKeys() instanceof ProcessKeys;
  }

  /**
   * Whether a handler may ask the client. For transports that prepare what is needed then.
   *
   * @return true if a tool, prompt or resource declares a question
   */
  public boolean asksClients() {
    return asks;
  }

  /** Makes keys of this process when they are first needed, and says what that means. */
  private static final class ProcessKeys implements Supplier<StateKeys> {
    private StateKeys keys;

    @Override
    public synchronized StateKeys get() {
      if (keys == null) {
        keys = StateKeys.ofThisProcess();
        System.getLogger("dev.statelessmcp")
            .log(
                Level.WARNING,
                "no stateKeys are set: an answer that reaches another instance of this server, or"
                    + " this one after a restart, is refused");
      }
      return keys;
    }
  }

  /** Collects what a server is made of. Not safe from several threads. */
  public static final class Builder {
    private Implementation info;
    private String instructions;
    private List<Icon> icons = List.of();
    private final List<Tool> tools = new ArrayList<>();
    private final List<Prompt> prompts = new ArrayList<>();
    private final List<Resource> resources = new ArrayList<>();
    private final List<ResourceTemplate> templates = new ArrayList<>();
    private Catalog<Tool> toolCatalog;
    private Catalog<Prompt> promptCatalog;
    private Catalog<Resource> resourceCatalog;
    private Catalog<ResourceTemplate> templateCatalog;
    private boolean completes;
    private boolean logs;
    private boolean asks;
    private int pageSize = 1000;
    private final Map<String, CacheHint> cacheHints = new HashMap<>();
    private ChangeFeed feed;
    private Supplier<StateKeys> stateKeys = new ProcessKeys();
    private Duration stateTtl = Duration.ofMinutes(15);
    private final List<Extension> extensions = new ArrayList<>();
    private final List<Interceptor> interceptors = new ArrayList<>();

    private Builder(Implementation info) {
      this.info = info;
    }

    /**
     * A name for people.
     *
     * @param title the title; null for none
     * @return this
     */
    public Builder title(String title) {
      info = new Implementation(
          info.name(), info.version(), title, info.description(), info.websiteUrl());
      return this;
    }

    /**
     * What the server does, for people.
     *
     * @param description a sentence; null for none
     * @return this
     */
    public Builder description(String description) {
      info = new Implementation(
          info.name(), info.version(), info.title(), description, info.websiteUrl());
      return this;
    }

    /**
     * How to use the server, for the model.
     *
     * @param text a few sentences; null for none
     * @return this
     */
    public Builder instructions(String text) {
      instructions = text;
      return this;
    }

    /**
     * Adds a tool. Clients see the tools in the order in which they are added.
     *
     * @param tool the tool; not null
     * @return this
     */
    public Builder tool(Tool tool) {
      tools.add(Objects.requireNonNull(tool, "tool"));
      return this;
    }

    /**
     * Pictures of the server.
     *
     * @param newIcons the pictures
     * @return this
     */
    public Builder icons(Icon... newIcons) {
      icons = List.of(newIcons);
      return this;
    }

    /**
     * Adds a prompt. Clients see the prompts in the order in which they are added.
     *
     * @param prompt the prompt; not null
     * @return this
     */
    public Builder prompt(Prompt prompt) {
      prompts.add(Objects.requireNonNull(prompt, "prompt"));
      return this;
    }

    /**
     * Adds a resource. Clients see the resources in the order in which they are added.
     *
     * @param resource the resource; not null
     * @return this
     */
    public Builder resource(Resource resource) {
      resources.add(Objects.requireNonNull(resource, "resource"));
      return this;
    }

    /**
     * Adds a resource template. A URI is read by the first one that matches, if it is no resource.
     *
     * @param template the template; not null
     * @return this
     */
    public Builder resourceTemplate(ResourceTemplate template) {
      templates.add(Objects.requireNonNull(template, "template"));
      return this;
    }

    /**
     * Takes the tools from a catalogue, instead of adding them one by one.
     *
     * @param catalog the catalogue; not null
     * @param kinds what its tools ask clients
     * @return this
     */
    public Builder tools(Catalog<Tool> catalog, QuestionKind... kinds) {
      toolCatalog = catalog;
      asks |= kinds.length > 0;
      return this;
    }

    /**
     * Takes the prompts from a catalogue, instead of adding them one by one.
     *
     * @param catalog the catalogue; not null
     * @return this
     */
    public Builder prompts(Catalog<Prompt> catalog) {
      promptCatalog = catalog;
      return this;
    }

    /**
     * Takes the resources from a catalogue, instead of adding them one by one.
     *
     * @param catalog the catalogue; not null
     * @return this
     */
    public Builder resources(Catalog<Resource> catalog) {
      resourceCatalog = catalog;
      return this;
    }

    /**
     * Takes the resource templates from a catalogue, instead of adding them one by one.
     *
     * @param catalog the catalogue; not null
     * @return this
     */
    public Builder resourceTemplates(Catalog<ResourceTemplate> catalog) {
      templateCatalog = catalog;
      return this;
    }

    /**
     * Declares completion where a catalogue has prompts or templates that are completed. For those
     * that are added one by one it is declared by itself.
     *
     * @return this
     */
    public Builder completions() {
      completes = true;
      return this;
    }

    /**
     * Declares that handlers send log messages to clients. Deprecated in the protocol since
     * 2026-07-28: it works, and new servers should rather log to standard error or OpenTelemetry.
     *
     * @return this
     */
    public Builder logging() {
      logs = true;
      return this;
    }

    /**
     * How many items a page of a list has. Clients that know nothing of pages see the first alone.
     *
     * @param size at least 1; by default 1,000
     * @return this
     */
    public Builder pageSize(int size) {
      if (size < 1) {
        throw new IllegalArgumentException("a page has at least one item");
      }
      pageSize = size;
      return this;
    }

    /**
     * How long the results of a method may be kept.
     *
     * @param method one of the six cacheable ones, such as {@code tools/list}
     * @param hint how long and by whom; by default not at all
     * @return this
     * @throws IllegalArgumentException if the results of the method are not cacheable
     */
    public Builder cache(String method, CacheHint hint) {
      if (!ModernEra.CACHEABLE.contains(method)) {
        throw new IllegalArgumentException(
            method + " is not cacheable; " + new TreeSet<>(ModernEra.CACHEABLE) + " are");
      }
      cacheHints.put(method, hint);
      return this;
    }

    /**
     * Where changes of lists and resources come from. With it the server declares
     * {@code listChanged} and {@code subscribe}, wherever changes can reach a client.
     *
     * @param newFeed the feed; null if nothing changes
     * @return this
     */
    public Builder changes(ChangeFeed newFeed) {
      feed = newFeed;
      return this;
    }

    /**
     * The keys that seal what clients carry from one round of questions to the next. Without them a
     * key of this process is used, which is enough for one process alone.
     *
     * @param keys the same in all instances; not null
     * @return this
     */
    public Builder stateKeys(StateKeys keys) {
      Objects.requireNonNull(keys, "keys");
      return stateKeys(() -> keys);
    }

    /**
     * Where the keys come from that seal what clients carry, such as a store of secrets that renews
     * them.
     *
     * @param keys asked whenever something is sealed or opened, from many threads, so it should
     *     keep what it has fetched; not null, and never gives null
     * @return this
     */
    public Builder stateKeys(Supplier<StateKeys> keys) {
      stateKeys = Objects.requireNonNull(keys, "keys");
      return this;
    }

    /**
     * How long a client may take to answer.
     *
     * @param ttl by default 15 minutes; more than 0
     * @return this
     */
    public Builder stateTtl(Duration ttl) {
      if (ttl.isNegative() || ttl.isZero()) {
        throw new IllegalArgumentException("the ttl must be more than 0");
      }
      stateTtl = ttl;
      return this;
    }

    /**
     * Adds a protocol extension.
     *
     * @param extension the extension; not null
     * @return this
     */
    public Builder extension(Extension extension) {
      extensions.add(Objects.requireNonNull(extension, "extension"));
      return this;
    }

    /**
     * Adds something that is done around every operation. The first one added is the outermost.
     *
     * @param interceptor what is done; not null
     * @return this
     */
    public Builder interceptor(Interceptor interceptor) {
      interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
      return this;
    }

    /**
     * Finishes the server.
     *
     * @return the server
     * @throws IllegalArgumentException if two things of one kind have the same name, something is
     *     added to what comes from a catalogue, an extension has no proper identifier or a method
     *     that is not its own, or a list that callers see differently is to be kept publicly
     */
    public McpServer build() {
      checkExtensions();
      checkPublicCaches();
      for (Tool tool : tools) {
        asks |= !tool.asks().isEmpty();
      }
      for (Prompt prompt : prompts) {
        asks |= !prompt.asks().isEmpty();
        completes |= !prompt.completers().isEmpty();
      }
      for (Resource resource : resources) {
        asks |= !resource.asks().isEmpty();
      }
      for (ResourceTemplate template : templates) {
        asks |= !template.asks().isEmpty();
        completes |= !template.completers().isEmpty();
      }
      return new McpServer(
          new ServerDefinition(
              info,
              icons,
              instructions,
              catalog("tool", tools, toolCatalog),
              catalog("prompt", prompts, promptCatalog),
              catalog("resource", resources, resourceCatalog),
              catalog("resource template", templates, templateCatalog),
              completes,
              logs,
              pageSize,
              Map.copyOf(cacheHints),
              feed,
              stateKeys,
              stateTtl,
              List.copyOf(extensions),
              List.copyOf(interceptors)),
          asks);
    }

    private static <T extends Item> Catalog<T> catalog(
        String kind, List<T> items, Catalog<T> catalog) {
      if (catalog != null && !items.isEmpty()) {
        throw new IllegalArgumentException(
            "a " + kind + " is added, and they come from a catalogue");
      }
      return items.isEmpty() ? catalog : new Registry<>(kind, items);
    }

    private void checkExtensions() {
      Set<String> ids = new HashSet<>();
      for (Extension extension : extensions) {
        int slash = extension.id().indexOf('/');
        if (slash <= 0 || slash == extension.id().length() - 1) {
          throw new IllegalArgumentException(
              "\"" + extension.id() + "\" is no identifier such as com.example/search");
        }
        if (!ids.add(extension.id())) {
          throw new IllegalArgumentException("there are two extensions \"" + extension.id() + "\"");
        }
        for (String method : extension.methods().keySet()) {
          if (!ids.add("method " + method) || RESERVED.contains(method)) {
            throw new IllegalArgumentException("extension " + extension.id() + " has the method "
                + method + ", which is another's");
          }
        }
      }
    }

    private static final Set<String> RESERVED = Set.of(
        "initialize",
        "ping",
        "server/discover",
        "subscriptions/listen",
        "tools/list",
        "tools/call",
        "prompts/list",
        "prompts/get",
        "resources/list",
        "resources/templates/list",
        "resources/read",
        "resources/subscribe",
        "resources/unsubscribe",
        "completion/complete",
        "logging/setLevel");

    /** "MUST be aware that responses with a public cacheScope may be shared between callers". */
    private void checkPublicCaches() {
      requirePrivate("tools/list", tools, toolCatalog);
      requirePrivate("prompts/list", prompts, promptCatalog);
      requirePrivate("resources/list", resources, resourceCatalog);
      requirePrivate("resources/templates/list", templates, templateCatalog);
      requirePrivate("resources/read", resources, resourceCatalog);
      requirePrivate("resources/read", templates, templateCatalog);
      for (Resource resource : resources) {
        requirePrivate(resource.isRestricted(), resource.cacheHint(), resource.key());
      }
      for (ResourceTemplate template : templates) {
        requirePrivate(template.isRestricted(), template.cacheHint(), template.key());
      }
    }

    private void requirePrivate(String method, List<? extends Item> items, Catalog<?> catalog) {
      boolean differs = catalog != null;
      for (Item item : items) {
        differs |= item.isRestricted();
      }
      requirePrivate(differs, cacheHints.get(method), method);
    }

    private static void requirePrivate(boolean differs, CacheHint hint, String what) {
      if (differs && hint != null && hint.isPublic()) {
        throw new IllegalArgumentException(
            what + " may differ from caller to caller, and is to be kept publicly");
      }
    }
  }
}
