package dev.statelessmcp.http;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.transport.Exchange;
import dev.statelessmcp.transport.ServerPort;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The MCP endpoint as a function: Streamable HTTP of all revisions, without a server library.
 * Thread-safe.
 *
 * <p>The order of the checks is: path, Host and Origin, preflight, authenticator, method, media
 * types, size, JSON, headers against body; then those of the protocol.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http">Streamable
 *     HTTP</a>
 */
public final class StreamableHttp {
  private static final byte[] NO_BODY = {};

  private final EndpointPath path;
  private final OriginPolicy origins;
  private final String allowedHeaders;
  private final RequestGate gate;
  private final PostHandler posts;
  private final @Nullable SideRoutes sideRoutes;
  private final ServerPort port;
  private final int maxBytes;
  private final @Nullable LegacySessionStore sessions; // null if sessions are off

  private StreamableHttp(Builder builder) {
    path = new EndpointPath(builder.path);
    origins = builder.origins.complete();
    allowedHeaders = builder.allowedHeaders;
    maxBytes = builder.limits.maxBytes();
    port = builder.server.port();
    gate = new RequestGate(builder.authenticator, port, new JsonRpcCodec(builder.limits));
    CallLimit calls = new CallLimit(builder.maxConcurrentCalls, "maxConcurrentCalls");
    CallLimit subscriptions = new CallLimit(builder.maxSubscriptions, "maxSubscriptions");
    sessions = builder.sessions == null
        ? null // cold start: a server without sessions does not load their classes
        : new LegacySessionStore(builder.sessions, port, subscriptions);
    posts = new PostHandler(port, gate, sessions, calls, subscriptions);
    Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents = builder.allDocuments();
    sideRoutes = documents.isEmpty() ? null : new SideRoutes(documents);
  }

  /**
   * Creates a builder of an endpoint.
   *
   * @param server the server; not null
   * @return a builder whose defaults accept only {@code Host} and {@code Origin} values that name
   *     this machine
   */
  public static Builder builder(McpServer server) {
    return new Builder(server);
  }

  /**
   * Returns the origin of a URL, which browsers send as {@code Origin}.
   *
   * @param url a URL, or another entry of {@link Builder#allowedOrigins}; not null
   * @return the origin, such as {@code https://app.example.com}, as an entry of that list
   * @throws IllegalArgumentException if no {@code Origin} header can match it
   */
  public static String origin(String url) {
    return OriginPolicy.origin(url);
  }

  /**
   * Checks the path of an endpoint or a document: a request must be able to have it.
   *
   * @param path the path; not null
   * @return the path without a trailing slash, unless it is {@code /}
   * @throws IllegalArgumentException if it does not begin with a slash, or has characters other
   *     than letters, digits and {@code -._~!$&'()+,=:@} between single slashes
   */
  public static String path(String path) {
    return EndpointPath.checked(path);
  }

  /**
   * Whether a path is that of the endpoint or of a document. A trailing slash is ignored. An
   * endpoint without a path accepts all paths except those at which clients look for an
   * authorization server, such as {@code /.well-known/oauth-protected-resource} and
   * {@code /register}.
   *
   * @param candidate the path of a request; not null
   * @return true if it is
   */
  public boolean isAt(String candidate) {
    return path.isAt(candidate) || (sideRoutes != null && sideRoutes.has(candidate));
  }

  /**
   * The maximum size of a request's content.
   *
   * @return in bytes
   */
  public int maxBytes() {
    return maxBytes;
  }

  /**
   * Answers a request. Blocks until the answer is sent.
   *
   * @param request the request; not null
   * @param reply sends the answer; not null
   * @throws IOException if the client has disconnected
   */
  public void handle(HttpRequest request, HttpReply reply) throws IOException {
    boolean originAllowed = false;
    try {
      if (sideRoutes != null && sideRoutes.has(request.path())) {
        originAllowed = true;
        sideRoutes.serve(request, reply);
        return;
      }
      if (!path.isAt(request.path())) {
        originAllowed = isOriginAllowed(request);
        if (originAllowed && Cors.isPreflight(request)) {
          reply.send(
              204,
              Cors.preflight(request, "GET, HEAD, POST, PUT, DELETE", allowedHeaders),
              NO_BODY);
          return;
        }
        throw elsewhere(request);
      }
      checkOrigin(request);
      originAllowed = true;
      answer(request, reply);
    } catch (HttpRefusal refusal) {
      refuse(refusal, request, reply, originAllowed);
    }
  }

  /**
   * Prepares the authenticator for the first request, on a separate thread, so that an unreachable
   * service neither delays nor prevents the start of the server. Call it when the server starts.
   * Does nothing without an authenticator; may be called again.
   *
   * @see Authenticator#prepare
   */
  public void prepare() {
    gate.prepare();
  }

  /**
   * Wraps the processing of a request for another thread, so that interceptors find thread-local
   * context, such as the current trace span. A server that serves requests on another thread calls
   * it on the thread that received the request.
   *
   * @param work serves the request; not null
   * @return runs {@code work} once, on the thread that calls it; never null
   */
  public Runnable carry(Runnable work) {
    return port.carry(work);
  }

  /**
   * Refuses a request if its path and headers are enough to decide. For a server that has not
   * received the content yet: the content may be large, or the client may wait for {@code 100
   * Continue}. May block, because the authenticator may.
   *
   * @param head the request, whose content is not read; not null
   * @param reply sends a refusal; not null
   * @return true if the request is answered; otherwise it must be passed to {@link #handle}
   * @throws IOException if the client has disconnected
   */
  public boolean refuse(HttpRequest head, HttpReply reply) throws IOException {
    boolean originAllowed = false;
    try {
      if (sideRoutes == null || !sideRoutes.has(head.path())) {
        if (!path.isAt(head.path())) {
          originAllowed = isOriginAllowed(head);
          throw elsewhere(head);
        }
        checkOrigin(head);
        originAllowed = true;
        gate.authenticate(head);
        // An answer to a question of a session must be read, to end the wait for it
        if (head.method().equals("POST") && !posts.maySettle(head)) {
          RequestGate.checkMediaTypes(head.headers());
        }
      }
      return false;
    } catch (HttpRefusal refusal) {
      refuse(refusal, head, reply, originAllowed);
      return true;
    }
  }

  private void refuse(
      HttpRefusal refusal, HttpRequest request, HttpReply reply, boolean originAllowed)
      throws IOException {
    HttpHeaders.Builder headers = HttpHeaders.builder().add("Content-Type", MediaTypes.JSON);
    refusal.headers().forEach(headers::add);
    if (originAllowed) {
      Cors.addTo(headers, request); // so that the page can read the error
    }
    boolean head = refusal.isBeside() && request.method().equals("HEAD");
    byte[] body = head ? NO_BODY : refusal.body();
    reply.refused(refusal.failure().error());
    if (!refusal.isObserved()) {
      observe(refusal, request, reply);
    }
    reply.send(refusal.status(), headers.build(), body);
  }

  /**
   * Tells interceptors and the request log that the HTTP server has refused a request: because it
   * is malformed, or was not received in time.
   *
   * @param status the status of the answer
   * @param error the error that the client gets; not null
   * @param headers the header fields of the request that are known; not null
   * @param transport the name of the transport; not null
   */
  public void refused(int status, JsonRpcError error, HttpHeaders headers, String transport) {
    HttpRequest head = new HttpRequest("", "", headers, HttpRequest.Body.of(NO_BODY));
    observe(status, error, new RefusedExchange(head, transport));
  }

  /** Tells interceptors of a refusal by the rules of HTTP. */
  private void observe(HttpRefusal refusal, HttpRequest request, HttpReply reply) {
    observe(
        refusal.status(),
        refusal.failure().error(),
        new RefusedExchange(request, reply.transport()));
  }

  private void observe(int status, JsonRpcError error, RefusedExchange exchange) {
    String version = exchange.request().headers().single(HeaderRules.VERSION);
    port.refused(
        Era.isModern(version) ? Era.MODERN : Era.LEGACY,
        new McpException(error.code(), error.message(), error.data()).http(status, Map.of()),
        exchange);
  }

  /** A request whose message was not read. */
  private record RefusedExchange(HttpRequest request, String transport) implements Exchange {

    @Override
    public Map<String, List<String>> headers() {
      return request.headers().asMap();
    }

    @Override
    public Attributes attributes() {
      return request.attributes();
    }
  }

  private HttpRefusal elsewhere(HttpRequest request) {
    String message = path.elsewhere(request.path());
    HttpRefusal refusal = HttpRefusal.beside(404, HttpHeaders.NONE, "not_found", message);
    return path.isNamedTo(request.path()) ? refusal.described() : refusal;
  }

  private boolean isOriginAllowed(HttpRequest request) {
    try {
      checkOrigin(request);
      return true;
    } catch (HttpRefusal refusal) {
      return false;
    }
  }

  private void checkOrigin(HttpRequest request) throws HttpRefusal {
    String host = request.headers().single("Host");
    origins.checkHost(host);
    origins.checkOrigin(request.headers().single("Origin"), host);
  }

  private void answer(HttpRequest request, HttpReply reply) throws HttpRefusal, IOException {
    if (Cors.isPreflight(request)) {
      reply.send(204, Cors.preflight(request, methods(), allowedHeaders), NO_BODY);
      return;
    }
    Incoming incoming = gate.incoming(request, reply);
    switch (request.method()) {
      case "POST" -> posts.serve(incoming);
      case "GET" -> {
        gate.checkScopes(incoming);
        listen(incoming);
      }
      case "DELETE" -> {
        gate.checkScopes(incoming);
        delete(incoming);
      }
      default -> throw notAllowed(incoming);
    }
  }

  private void listen(Incoming incoming) throws HttpRefusal, IOException {
    if (sessions == null || !sessions.listen(incoming)) {
      throw notAllowed(incoming);
    }
  }

  private void delete(Incoming incoming) throws HttpRefusal, IOException {
    if (sessions == null || !sessions.delete(incoming)) {
      throw notAllowed(incoming);
    }
  }

  private String methods() {
    return sessions == null ? "POST" : "GET, POST, DELETE";
  }

  private HttpRefusal notAllowed(Incoming incoming) {
    return new HttpRefusal(
        405,
        HttpHeaders.of("Allow", methods() + ", OPTIONS"),
        "Method " + incoming.request().method() + " is not allowed here; send messages with POST");
  }

  /** Builds an endpoint. Not thread-safe. */
  public static final class Builder {
    private final McpServer server;
    private @Nullable String path;
    private OriginPolicy origins = OriginPolicy.DEFAULT;
    private String allowedHeaders = Cors.ALLOWED_HEADERS;
    private Authenticator authenticator = Authenticator.NONE;
    private JsonLimits limits = JsonLimits.DEFAULT;
    private @Nullable LegacySessions sessions;
    private int maxConcurrentCalls = 256;
    private int maxSubscriptions = 256;
    private final Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents =
        new HashMap<>();

    private Builder(McpServer server) {
      this.server = Objects.requireNonNull(server, "server");
    }

    /**
     * Sets the path of the endpoint. Requests for other paths get status 404 and <code>
     * {"error":"not_found"}</code>, the form that OAuth clients expect.
     *
     * @param newPath a path such as {@code /mcp}, with or without a trailing slash; null (the
     *     default) for all paths except those that {@link StreamableHttp#isAt} names
     * @return this
     * @throws IllegalArgumentException if it does not begin with a slash
     */
    public Builder path(@Nullable String newPath) {
      path = newPath == null ? null : StreamableHttp.path(newPath);
      return this;
    }

    /**
     * Sets the allowed values of the {@code Host} header. Other requests are answered with status
     * 403.
     *
     * @param hosts host names such as {@code mcp.example.com}, with any port unless they name one
     *     ({@code mcp.example.com:8443}); {@code *.example.com} for all subdomains; {@code *} for
     *     all, behind a gateway that has checked the host. Null (the default) for
     *     {@code localhost}, {@code 127.0.0.1} and {@code [::1]}; a list includes these only if
     *     {@link #address} is a loopback address
     * @return this
     * @throws IllegalArgumentException if no {@code Host} header can match an entry, such as a URL
     */
    public Builder allowedHosts(@Nullable List<String> hosts) {
      origins = origins.hosts(hosts);
      return this;
    }

    /**
     * Sets the allowed values of the {@code Origin} header, which only browsers send. Without a
     * list, pages of the same host and port as the endpoint are allowed, and on a loopback address
     * those of this machine. A list adds to them, unless it is empty.
     *
     * @param allowed origins such as {@code https://app.example.com}; the path of a URL is dropped;
     *     {@code https://*.example.com} for all subdomains; {@code http://localhost:*} for every
     *     port; the string {@code "null"} for sandboxed pages and files; {@code *} for all. An
     *     empty list, or only {@code none}, allows no page. Null (the default) for no list
     * @return this
     * @throws IllegalArgumentException if no {@code Origin} header can match an entry
     */
    public Builder allowedOrigins(@Nullable List<String> allowed) {
      origins = origins.origins(allowed);
      return this;
    }

    /**
     * Adds headers that pages of {@link #allowedOrigins} may send
     * ({@code Access-Control-Allow-Headers}), in addition to those of the protocol,
     * {@code Authorization} and trace context.
     *
     * @param names such as {@code X-Api-Key}; not null
     * @return this
     * @throws IllegalArgumentException if an entry is not a header name; {@code *} is not allowed
     */
    public Builder allowedHeaders(List<String> names) {
      if (names.contains("*")) {
        throw new IllegalArgumentException(
            "allowedHeaders: name each header, because browsers do not"
                + " accept \"*\" if a page sends credentials");
      }
      allowedHeaders = Cors.allowedHeaders(names);
      return this;
    }

    /**
     * Sets the address that the HTTP server listens on. With a loopback address, clients and pages
     * of this machine are allowed in addition to the lists. With any other address
     * {@link #allowedHosts} and {@link #allowedOrigins} must be set.
     *
     * @param address a host name or an address, such as {@code 127.0.0.1} or {@code 0.0.0.0}; not
     *     null
     * @return this
     * @throws IllegalArgumentException if the address cannot be resolved
     */
    public Builder address(String address) {
      origins = origins.address(address);
      return this;
    }

    /**
     * Sets the authenticator of the requests.
     *
     * @param newAuthenticator by default {@link Authenticator#NONE}; not null
     * @return this
     */
    public Builder authenticator(Authenticator newAuthenticator) {
      authenticator = Objects.requireNonNull(newAuthenticator, "authenticator");
      return this;
    }

    /**
     * Sets the maximum size of a message.
     *
     * @param newLimits by default {@link JsonLimits#DEFAULT}; not null
     * @return this
     */
    public Builder limits(JsonLimits newLimits) {
      limits = Objects.requireNonNull(newLimits, "limits");
      return this;
    }

    /**
     * Sets the maximum number of concurrent calls. Further calls are answered with status 503 and
     * {@code Retry-After}.
     *
     * @param calls at least 1; by default 256
     * @return this
     */
    public Builder maxConcurrentCalls(int calls) {
      if (calls < 1) {
        throw new IllegalArgumentException("maxConcurrentCalls must be at least 1");
      }
      maxConcurrentCalls = calls;
      return this;
    }

    /**
     * Sets the maximum number of open subscriptions, including the GET streams of legacy sessions;
     * each holds a connection and a thread. Further ones are answered with status 503 and
     * {@code Retry-After}.
     *
     * @param subscriptions at least 1; by default 256
     * @return this
     */
    public Builder maxSubscriptions(int subscriptions) {
      if (subscriptions < 1) {
        throw new IllegalArgumentException("maxSubscriptions must be at least 1");
      }
      maxSubscriptions = subscriptions;
      return this;
    }

    /**
     * Keeps sessions for clients of 2025-11-25 and earlier, in the memory of this process.
     *
     * @param settings such as {@link LegacySessions#DEFAULT}; null (the default) for none
     * @return this
     */
    public Builder legacySessions(@Nullable LegacySessions settings) {
      sessions = settings;
      return this;
    }

    /**
     * Adds a small public document, such as a health report, metadata or a server card, which is
     * served with {@code GET} and {@code HEAD}, without authentication and to pages of every
     * origin.
     *
     * @param documentPath its path, relative to the same base as that of the endpoint: without the
     *     mount path of an application or the stage and base path of API Gateway; begins with a
     *     slash
     * @param document creates the document for a request; must be thread-safe; may return null, for
     *     status 404
     * @return this
     * @throws IllegalArgumentException if the path does not begin with a slash, or already has a
     *     document
     */
    public Builder document(
        String documentPath, Function<HttpRequest, @Nullable HttpDocument> document) {
      put(documents, documentPath, document);
      return this;
    }

    private static void put(
        Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents,
        String documentPath,
        Function<HttpRequest, @Nullable HttpDocument> document) {
      String key = StreamableHttp.path(documentPath);
      if (documents.putIfAbsent(key, Objects.requireNonNull(document, "document")) != null) {
        throw new IllegalArgumentException("there is already a document at " + key);
      }
    }

    /**
     * Creates the endpoint.
     *
     * @return the endpoint
     * @throws IllegalArgumentException if a document has the path of the endpoint or of another
     *     document, if no host would be allowed, or if {@link #address} is not a loopback address
     *     and the allowed hosts and origins are not set
     */
    public StreamableHttp build() {
      return new StreamableHttp(this);
    }

    /** The documents, including those of the authenticator. */
    private Map<String, Function<HttpRequest, @Nullable HttpDocument>> allDocuments() {
      Map<String, Function<HttpRequest, @Nullable HttpDocument>> all = new HashMap<>(documents);
      for (Map.Entry<String, Function<HttpRequest, @Nullable HttpDocument>> document :
          authenticator.documents().entrySet()) {
        put(all, document.getKey(), document.getValue());
      }
      if (all.containsKey(path)) {
        throw new IllegalArgumentException(
            "a document must not have the path of the endpoint, " + path);
      }
      return all;
    }
  }
}
