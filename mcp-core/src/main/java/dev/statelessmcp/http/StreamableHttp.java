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
 * The MCP endpoint as a function: every rule of Streamable HTTP, of all revisions, without a server
 * library. Safe from any number of threads.
 *
 * <p>The order of the checks is: path, Host and Origin, preflight, authenticator, method, media
 * types, size, JSON, headers against body; then the protocol's own.
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
  private final @Nullable LegacySessionStore sessions; // null where none are kept

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
        ? null // cold start: a server that keeps no sessions loads no class of them
        : new LegacySessionStore(builder.sessions, port, subscriptions);
    posts = new PostHandler(port, gate, sessions, calls, subscriptions);
    Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents = builder.allDocuments();
    sideRoutes = documents.isEmpty() ? null : new SideRoutes(documents);
  }

  /**
   * Creates a builder of an endpoint.
   *
   * @param server what it serves; not null
   * @return a builder whose defaults accept only {@code Host} and {@code Origin} values that name
   *     this machine
   */
  public static Builder builder(McpServer server) {
    return new Builder(server);
  }

  /**
   * The origin of a URL, which is what browsers send as {@code Origin}.
   *
   * @param url a URL, or another entry of {@link Builder#allowedOrigins}; not null
   * @return the origin, such as {@code https://app.example.com}, as an entry of that list
   * @throws IllegalArgumentException if no {@code Origin} header can match it
   */
  public static String origin(String url) {
    return OriginPolicy.origin(url);
  }

  /**
   * Checks the path of an endpoint or a document: one that no request can have would be a setting
   * without effect.
   *
   * @param path the path; not null
   * @return the same without a slash at its end, unless it is the slash alone
   * @throws IllegalArgumentException if it does not begin with a slash, or has other characters
   *     than letters, digits and {@code -._~!$&'()+,=:@} between single slashes
   */
  public static String path(String path) {
    return EndpointPath.checked(path);
  }

  /**
   * Whether a path is the endpoint's or that of a document beside it. A slash at its end makes no
   * difference. An endpoint without a path accepts every path except where clients look for an
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
   * The maximum size of a request's content. A server need not receive more.
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
   * @param reply where the answer goes; not null
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
   * Lets the authenticator prepare for the first request, on a separate thread, so that services
   * which it cannot reach neither delay nor stop the start of the server. Call it when the server
   * starts. Does nothing without an authenticator; may be called again.
   *
   * @see Authenticator#prepare
   */
  public void prepare() {
    gate.prepare();
  }

  /**
   * Wraps the work on a request for another thread. A server that serves a request on another
   * thread than the one that received it calls this on the first one, so that interceptors find
   * what belongs to that thread, such as its current trace span.
   *
   * @param work serves the request; not null
   * @return what the other thread runs, once; never null
   */
  public Runnable carry(Runnable work) {
    return port.carry(work);
  }

  /**
   * Refuses a request if its path and headers alone are enough to decide. For a server that has not
   * received the content yet, and need not if this returns true: the client may wait to be asked
   * for it ({@code Expect: 100-continue}), or it may be large. May block, as the authenticator may.
   *
   * @param head the request, whose content is not read; not null
   * @param reply where a refusal goes; not null
   * @return true if the request is answered; otherwise it must still be given to {@link #handle}
   * @throws IOException if the client is gone
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
        // An answer to a question of a session must be seen, so that the question ends with it
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
      Cors.addTo(headers, request); // so that its page may read why
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
   * Shows interceptors, and the request log, that the server has refused a request itself: because
   * it is malformed, or was not received in time.
   *
   * @param status the status of the answer
   * @param error the error that the client gets; not null
   * @param headers the header fields of the request, as far as they are known; not null
   * @param transport the name of the transport; not null
   */
  public void refused(int status, JsonRpcError error, HttpHeaders headers, String transport) {
    HttpRequest head = new HttpRequest("", "", headers, HttpRequest.Body.of(NO_BODY));
    observe(status, error, new RefusedExchange(head, transport));
  }

  /** Shows interceptors a refusal by the rules of HTTP. */
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

  /** A request of which no message was read. */
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

  /** Collects the settings of an endpoint. Not safe from several threads. */
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
     * {"error":"not_found"}</code>, which clients understand that look for an authorization server.
     *
     * @param newPath a path such as {@code /mcp}, with or without a slash at its end; null (the
     *     default) for every path but those of {@link StreamableHttp#isAt}
     * @return this
     * @throws IllegalArgumentException if it does not begin with a slash
     */
    public Builder path(@Nullable String newPath) {
      path = newPath == null ? null : StreamableHttp.path(newPath);
      return this;
    }

    /**
     * Sets the hosts by which clients may call the endpoint: the allowed values of the {@code Host}
     * header. Other requests are answered with status 403.
     *
     * @param hosts host names such as {@code mcp.example.com}, with any port unless they name one
     *     ({@code mcp.example.com:8443}); {@code *.example.com} for all subdomains; {@code *} for
     *     all, behind a gateway that has checked the host. Null (the default) for
     *     {@code localhost}, {@code 127.0.0.1} and {@code [::1]}, which a list does not include
     *     unless {@link #address} is a loopback address
     * @return this
     * @throws IllegalArgumentException if no {@code Host} header can match an entry, such as a URL
     */
    public Builder allowedHosts(@Nullable List<String> hosts) {
      origins = origins.hosts(hosts);
      return this;
    }

    /**
     * Sets the origins whose web pages may call the endpoint: the allowed values of the
     * {@code Origin} header, which only browsers send. Pages of the same host and port as the
     * endpoint may call it too, and those of this machine if the endpoint is only for this machine.
     *
     * @param allowed origins such as {@code https://app.example.com}; the path of a URL is dropped;
     *     {@code https://*.example.com} for all subdomains; {@code http://localhost:*} for every
     *     port; {@code null} as a text for sandboxed pages and files; {@code *} for all. An empty
     *     list, or {@code none} alone, for no page at all. Null for the default, which is no list
     * @return this
     * @throws IllegalArgumentException if no {@code Origin} header can match an entry
     */
    public Builder allowedOrigins(@Nullable List<String> allowed) {
      origins = origins.origins(allowed);
      return this;
    }

    /**
     * Sets which headers pages of {@link #allowedOrigins} may send, beside those of the protocol,
     * {@code Authorization} and trace context: what {@code Access-Control-Allow-Headers} names.
     *
     * @param names such as {@code X-Api-Key}; not null
     * @return this
     * @throws IllegalArgumentException if an entry is not the name of a header; {@code *} is none
     */
    public Builder allowedHeaders(List<String> names) {
      if (names.contains("*")) {
        throw new IllegalArgumentException("allowedHeaders: name each header, since browsers take"
            + " \"*\" for none where a page sends credentials");
      }
      allowedHeaders = Cors.allowedHeaders(names);
      return this;
    }

    /**
     * Tells the endpoint which address its server listens on. With a loopback address, clients and
     * pages of this machine are allowed, beside those on the lists. With any other address
     * {@link #allowedHosts} and {@link #allowedOrigins} must be set.
     *
     * @param address a host name or an address, such as {@code 127.0.0.1} or {@code 0.0.0.0}; not
     *     null
     * @return this
     * @throws IllegalArgumentException if the address is not known
     */
    public Builder address(String address) {
      origins = origins.address(address);
      return this;
    }

    /**
     * Sets what authenticates each request.
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
     * Sets how many calls may run at once. Those beyond are answered with status 503 and
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
     * Sets how many subscriptions may be open at once, including the streams of legacy sessions;
     * each holds a connection and a thread. Those beyond are answered with status 503 and
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
     * Serves a small public document beside the endpoint, with {@code GET} and {@code HEAD}:
     * health, metadata, a server card. It is served without authentication and to pages of every
     * origin, whatever {@link #allowedOrigins} and {@link #authenticator} say.
     *
     * @param documentPath its path, where the endpoint's own path is looked for: behind the mount
     *     path of an application, and behind the stage and base path of API Gateway; begins with a
     *     slash
     * @param document makes the document for a request, from any thread; null from it is status 404
     * @return this
     * @throws IllegalArgumentException if the path does not begin with a slash, or is taken
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
        throw new IllegalArgumentException("there are two documents at " + key);
      }
    }

    /**
     * Creates the endpoint.
     *
     * @return the endpoint
     * @throws IllegalArgumentException if a document is at the path of the endpoint or of another
     *     one, no host would be allowed, or {@link #address} is reached by other machines and the
     *     allowed hosts and origins are not set
     */
    public StreamableHttp build() {
      return new StreamableHttp(this);
    }

    /** The documents, and those of the authenticator. */
    private Map<String, Function<HttpRequest, @Nullable HttpDocument>> allDocuments() {
      Map<String, Function<HttpRequest, @Nullable HttpDocument>> all = new HashMap<>(documents);
      for (Map.Entry<String, Function<HttpRequest, @Nullable HttpDocument>> document :
          authenticator.documents().entrySet()) {
        put(all, document.getKey(), document.getValue());
      }
      if (all.containsKey(path)) {
        throw new IllegalArgumentException("a document is at the path of the endpoint, " + path);
      }
      return all;
    }
  }
}
