package dev.statelessmcp;

import dev.statelessmcp.catalog.CacheHint;
import dev.statelessmcp.catalog.Catalog;
import dev.statelessmcp.engine.Engine;
import dev.statelessmcp.engine.ServerDefinition;
import dev.statelessmcp.engine.ServerDraft;
import dev.statelessmcp.extension.Extension;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.intercept.Interceptor;
import dev.statelessmcp.intercept.Observer;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.protocol.Icon;
import dev.statelessmcp.protocol.Implementation;
import dev.statelessmcp.resource.Resource;
import dev.statelessmcp.resource.ResourceTemplate;
import dev.statelessmcp.subscription.ChangeFeed;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.ServerPort;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A stateless server for all revisions of the Model Context Protocol: a function from a request to
 * a response. Immutable and thread-safe.
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
 * <p>Pass it to a transport to make it reachable: {@code StdioTransport}, {@code McpHttpServer},
 * {@code McpLambdaHandler}.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28">The specification</a>
 */
public final class McpServer {
  private final ServerDefinition definition;
  private final ServerPort port;

  private McpServer(ServerDefinition definition) {
    this.definition = definition;
    port = new Engine(definition);
  }

  /**
   * Creates a builder of a server.
   *
   * @param name its programmatic name; not null
   * @param version its version, such as {@code 1.0.0}; not null
   * @return a builder
   */
  public static Builder named(String name, String version) {
    return new Builder(Implementation.of(name, version));
  }

  /**
   * The name and version of the server.
   *
   * @return never null
   */
  public Implementation info() {
    return definition.info();
  }

  /**
   * Serves a request. Blocks until it is answered. A malformed request is answered with an error
   * response; it does not cause an exception.
   *
   * @param request the request; not null
   * @param exchange what the transport supplies; not null
   * @return the answer; discard it if the call was cancelled
   */
  public JsonRpcMessage.Response handle(JsonRpcMessage.Request request, Exchange exchange) {
    return port.admit(port.eraOf(request, null), request, exchange).run();
  }

  /**
   * The server as a transport sees it.
   *
   * @return always the same object
   */
  public ServerPort port() {
    return port;
  }

  /**
   * A server with the same parts but without interceptors and observers. A transport sends its
   * warm-up requests to it, so that they are not counted, logged or limited. Do not expose it to
   * clients: its interceptors do not protect it.
   *
   * @return this server if it has neither; never null
   */
  public McpServer withoutInterceptors() {
    ServerDefinition bare = definition.withoutInterceptors();
    return bare == definition ? this : new McpServer(bare);
  }

  /** Builds a server. Not thread-safe. */
  public static final class Builder {
    private final ServerDraft draft;

    private Builder(Implementation info) {
      draft = new ServerDraft(info);
    }

    /**
     * Sets a display name.
     *
     * @param title the title; null for none
     * @return this
     */
    public Builder title(@Nullable String title) {
      draft.info = draft.info.title(title);
      return this;
    }

    /**
     * Sets a human-readable description.
     *
     * @param description a sentence; null for none
     * @return this
     */
    public Builder description(@Nullable String description) {
      draft.info = draft.info.description(description);
      return this;
    }

    /**
     * Sets the address of a web page about the server.
     *
     * @param url the address; null for none
     * @return this
     */
    public Builder websiteUrl(@Nullable String url) {
      draft.info = draft.info.websiteUrl(url);
      return this;
    }

    /**
     * Sets instructions for the model on how to use the server.
     *
     * @param text a few sentences; null for none
     * @return this
     */
    public Builder instructions(@Nullable String text) {
      draft.instructions = text;
      return this;
    }

    /**
     * Adds a tool. Clients see the tools in the order in which they are added.
     *
     * @param tool the tool; not null
     * @return this
     */
    public Builder tool(Tool tool) {
      draft.tools.add(Objects.requireNonNull(tool, "tool"));
      return this;
    }

    /**
     * Adds tools, in their order.
     *
     * @param tools the tools; not null
     * @return this
     */
    public Builder tools(List<Tool> tools) {
      for (Tool one : tools) {
        tool(one);
      }
      return this;
    }

    /**
     * Sets the icons of the server.
     *
     * @param newIcons the icons; not null
     * @return this
     */
    public Builder icons(Icon... newIcons) {
      draft.info = draft.info.icons(newIcons);
      return this;
    }

    /**
     * Adds a prompt. Clients see the prompts in the order in which they are added.
     *
     * @param prompt the prompt; not null
     * @return this
     */
    public Builder prompt(Prompt prompt) {
      draft.prompts.add(Objects.requireNonNull(prompt, "prompt"));
      return this;
    }

    /**
     * Adds prompts, in their order.
     *
     * @param prompts the prompts; not null
     * @return this
     */
    public Builder prompts(List<Prompt> prompts) {
      for (Prompt one : prompts) {
        prompt(one);
      }
      return this;
    }

    /**
     * Adds a resource. Clients see the resources in the order in which they are added.
     *
     * @param resource the resource; not null
     * @return this
     */
    public Builder resource(Resource resource) {
      draft.resources.add(Objects.requireNonNull(resource, "resource"));
      return this;
    }

    /**
     * Adds resources, in their order.
     *
     * @param resources the resources; not null
     * @return this
     */
    public Builder resources(List<Resource> resources) {
      for (Resource one : resources) {
        resource(one);
      }
      return this;
    }

    /**
     * Adds a resource template. A URI that is not that of a resource is read by the first template
     * that matches.
     *
     * @param template the template; not null
     * @return this
     */
    public Builder resourceTemplate(ResourceTemplate template) {
      draft.templates.add(Objects.requireNonNull(template, "template"));
      return this;
    }

    /**
     * Adds resource templates, in their order.
     *
     * @param templates the resource templates; not null
     * @return this
     */
    public Builder resourceTemplates(List<ResourceTemplate> templates) {
      for (ResourceTemplate one : templates) {
        resourceTemplate(one);
      }
      return this;
    }

    /**
     * Takes the tools from a catalogue, instead of adding them one by one.
     *
     * @param catalog the catalogue; not null
     * @param kinds the kinds of questions that its tools ask; empty if they ask none
     * @return this
     */
    public Builder tools(Catalog<Tool> catalog, QuestionKind... kinds) {
      draft.toolCatalog = catalog;
      draft.asks |= kinds.length > 0;
      return this;
    }

    /**
     * Takes the prompts from a catalogue, instead of adding them one by one.
     *
     * @param catalog the catalogue; not null
     * @return this
     */
    public Builder prompts(Catalog<Prompt> catalog) {
      draft.promptCatalog = catalog;
      return this;
    }

    /**
     * Takes the resources from a catalogue, instead of adding them one by one.
     *
     * @param catalog the catalogue; not null
     * @return this
     */
    public Builder resources(Catalog<Resource> catalog) {
      draft.resourceCatalog = catalog;
      return this;
    }

    /**
     * Takes the resource templates from a catalogue, instead of adding them one by one.
     *
     * @param catalog the catalogue; not null
     * @return this
     */
    public Builder resourceTemplates(Catalog<ResourceTemplate> catalog) {
      draft.templateCatalog = catalog;
      return this;
    }

    /**
     * Declares the {@code completions} capability. Needed only if a catalogue has prompts or
     * templates with completers: for those that are added one by one it is declared automatically.
     *
     * @return this
     */
    public Builder completions() {
      draft.completes = true;
      return this;
    }

    /**
     * Declares the {@code logging} capability, which {@link dev.statelessmcp.call.Call#log} needs.
     * Deprecated in the protocol since 2026-07-28: it works, but new servers should log to standard
     * error or OpenTelemetry.
     *
     * @return this
     */
    public Builder logging() {
      draft.logs = true;
      return this;
    }

    /**
     * Makes typed tools refuse values of another JSON type, such as "5" for 5, unless a tool is
     * {@code lenient()}. By default such values are converted.
     *
     * @return this
     */
    public Builder strictArguments() {
      draft.strictArguments = true;
      return this;
    }

    /**
     * Makes typed tools and prompts ignore unknown arguments, unless a tool sets
     * {@code refuseUnknownArguments()}. By default they are refused. Does not apply to tools whose
     * schema is written by hand.
     *
     * @return this
     */
    public Builder ignoreUnknownArguments() {
      draft.ignoresUnknownArguments = true;
      return this;
    }

    /**
     * Describes recursive types without {@code $ref}, as {@link Tool#flatSchema} does, in the
     * schemas of all typed tools. Does not apply to the tools of a catalogue.
     *
     * @return this
     */
    public Builder flatSchemas() {
      draft.flatSchemas = true;
      return this;
    }

    /**
     * Sets which scopes imply others. By default a scope implies no other.
     *
     * <pre>{@code
     * .scopeHierarchy((granted, required) ->
     *     granted.equals("admin") || required.startsWith(granted + ":"))
     * }</pre>
     *
     * @param rule true if the first scope, which the caller has, implies the second, which is
     *     required; must be thread-safe; not null
     * @return this
     * @see <a
     *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#step-up-authorization-flow">"Servers
     *     MUST account for scope hierarchies, where a broader scope implies narrower ones"</a>
     */
    public Builder scopeHierarchy(BiPredicate<String, String> rule) {
      draft.scopeHierarchy = Objects.requireNonNull(rule, "rule");
      return this;
    }

    /**
     * Hides items from callers who lack a required scope, unless an item sets
     * {@code hideWithoutScopes(false)}. By default they are listed, and a call without the scopes
     * is answered with a challenge that names them.
     *
     * @return this
     */
    public Builder hideWithoutScopes() {
      draft.hidesWithoutScopes = true;
      return this;
    }

    /**
     * Sets the maximum number of items on a page of a list. Clients that do not follow cursors see
     * only the first page.
     *
     * @param size at least 1; by default 1,000
     * @return this
     */
    public Builder pageSize(int size) {
      if (size < 1) {
        throw new IllegalArgumentException("pageSize must be at least 1, was " + size);
      }
      draft.pageSize = size;
      return this;
    }

    /**
     * Sets how long the results of a method may be cached, and by whom.
     *
     * @param method one of the six cacheable methods, such as {@code tools/list}
     * @param hint the hint; not null. By default results must not be cached
     * @return this
     * @throws IllegalArgumentException if the results of the method are not cacheable
     */
    public Builder cache(String method, CacheHint hint) {
      draft.cache(method, hint);
      return this;
    }

    /**
     * Adds an entity tag to each page of a list, in {@code _meta} under
     * {@code dev.statelessmcp/etag}, on every transport and in every revision. A client or gateway
     * that has a page with the same tag need not look at this one. By default there are none.
     *
     * <p>A tag is a digest of the items, in their order and as this client gets them, and of the
     * cursor. It is the same in all processes that serve the same items, and does not depend on the
     * name or version of the server or on its cache hints. The first list costs a digest of each
     * item; later lists cost some microseconds, unless a catalogue creates new items for each list.
     *
     * <p>No protocol revision defines these tags yet. The key and its value may change when one
     * does.
     *
     * @return this
     */
    public Builder listEtags() {
      draft.tagsLists = true;
      return this;
    }

    /**
     * Sets the feed of changes of lists and resources. With it the server declares
     * {@code listChanged} and {@code subscribe} on transports that can deliver them.
     *
     * @param newFeed the feed; null if nothing changes
     * @return this
     */
    public Builder changes(@Nullable ChangeFeed newFeed) {
      draft.feed = newFeed;
      return this;
    }

    /**
     * Sets the keys that encrypt the {@code requestState} that clients return. By default a random
     * key of this process is used, which is enough for a single process.
     *
     * @param keys the same in all instances; not null
     * @return this
     */
    public Builder stateKeys(StateKeys keys) {
      Objects.requireNonNull(keys, "keys");
      return stateKeys(() -> keys);
    }

    /**
     * Sets a source of the keys that encrypt {@code requestState}, such as a secret store that
     * rotates them.
     *
     * @param keys called by many threads for each state that is encrypted or decrypted, so it
     *     should cache its result; not null, and never returns null
     * @return this
     */
    public Builder stateKeys(Supplier<StateKeys> keys) {
      draft.stateKeys = Objects.requireNonNull(keys, "keys");
      return this;
    }

    /**
     * Sets how long a client may take to answer questions.
     *
     * @param ttl by default 15 minutes; more than 0
     * @return this
     */
    public Builder stateTtl(Duration ttl) {
      Objects.requireNonNull(ttl, "stateTtl");
      if (ttl.isNegative() || ttl.isZero()) {
        throw new IllegalArgumentException("stateTtl must be more than 0, was " + ttl);
      }
      draft.stateTtl = ttl;
      return this;
    }

    /**
     * Adds a protocol extension.
     *
     * @param extension the extension; not null
     * @return this
     */
    public Builder extension(Extension extension) {
      draft.extensions.add(Objects.requireNonNull(extension, "extension"));
      return this;
    }

    /**
     * Adds an interceptor, which runs around every message. The first one added is the outermost.
     *
     * @param interceptor the interceptor; not null
     * @return this
     */
    public Builder interceptor(Interceptor interceptor) {
      draft.interceptors.add(Objects.requireNonNull(interceptor, "interceptor"));
      return this;
    }

    /**
     * Adds an observer. It sees every operation and the outcome that the client gets, after all
     * interceptors.
     *
     * @param observer the observer; not null
     * @return this
     */
    public Builder observer(Observer observer) {
      draft.observe(Objects.requireNonNull(observer, "observer"));
      return this;
    }

    /**
     * Sets whether a line is logged for each request and each refusal: method, tool, prompt or URI,
     * outcome, error code, reason of a refusal, duration, request id, transport, era, revision and
     * client; never arguments, results or credentials. The lines go to the {@code System.Logger}
     * {@code dev.statelessmcp.requests}, and on Lambda as JSON to the log of the function.
     *
     * <p>By default on in a Lambda function, whose log is always collected, and off elsewhere: a
     * client need not read the standard error of a stdio server, and the clients of an HTTP server
     * would decide how much is logged.
     *
     * @param on true to log on every transport
     * @return this
     */
    public Builder requestLog(boolean on) {
      draft.requestLog = on;
      return this;
    }

    /**
     * Creates the server.
     *
     * @return the server
     * @throws IllegalArgumentException if two items of one kind have the same key, if an item is
     *     added beside a catalogue of its kind, if an extension has a method or filter member of
     *     the protocol or of another extension, or if a list differs between callers and its cache
     *     hint is public
     */
    public McpServer build() {
      return new McpServer(draft.check());
    }
  }
}
