package dev.statelessmcp.http;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import java.io.IOException;
import java.util.Objects;

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

  private final String path;
  private final OriginPolicy origins;
  private final RequestGate entrance;
  private final PostHandler posts;
  private final LegacySessionStore sessions; // null where none are kept

  private StreamableHttp(Builder builder) {
    path = builder.path;
    origins = builder.origins;
    entrance = new RequestGate(builder.authenticator, new JsonRpcCodec(builder.limits));
    CallLimit calls = new CallLimit(builder.maxConcurrentCalls, "maxConcurrentCalls");
    CallLimit subscriptions = new CallLimit(builder.maxSubscriptions, "maxSubscriptions");
    sessions = builder.sessions == null
        ? null // so that a start that has no use for them loads nothing of them
        : new LegacySessionStore(builder.sessions, builder.server, subscriptions);
    posts = new PostHandler(builder.server, entrance, sessions, calls, subscriptions);
  }

  /**
   * Begins an endpoint.
   *
   * @param server what it serves; not null
   * @return a builder with safe defaults: only this machine is let in
   */
  public static Builder of(McpServer server) {
    return new Builder(server);
  }

  /**
   * Whether a path is the endpoint's; a slash at its end makes no difference.
   *
   * @param candidate the path of a request; not null
   * @return true if it is, or the endpoint takes every path
   */
  public boolean isAt(String candidate) {
    return path == null || path.equals(withoutSlash(candidate));
  }

  private static String withoutSlash(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  /**
   * Answers a request. Blocks until the answer is sent.
   *
   * @param request the request; not null
   * @param reply where the answer goes; not null
   * @throws IOException if the client is gone; there is nobody to tell then
   */
  public void handle(HttpRequest request, HttpReply reply) throws IOException {
    boolean originAllowed = false;
    try {
      checkPlace(request);
      originAllowed = true;
      answer(request, reply);
    } catch (HttpRefusal refusal) {
      HttpHeaders.Builder headers = HttpHeaders.builder().add("Content-Type", MediaTypes.JSON);
      refusal
          .headers()
          .asMap()
          .forEach((name, values) -> values.forEach(v -> headers.add(name, v)));
      if (originAllowed) {
        Cors.addTo(headers, request); // so that its page may read why
      }
      reply.refused(refusal.failure().error());
      reply.send(refusal.status(), headers.build(), JsonRpcCodec.write(refusal.failure()));
    }
  }

  private void checkPlace(HttpRequest request) throws HttpRefusal {
    if (!isAt(request.path())) {
      throw new HttpRefusal(
          404, "There is no MCP endpoint at " + request.path() + "; it is at " + path);
    }
    String host = request.headers().get("Host");
    origins.checkHost(host);
    origins.checkOrigin(request.headers().get("Origin"), host);
  }

  private void answer(HttpRequest request, HttpReply reply) throws HttpRefusal, IOException {
    if (Cors.isPreflight(request)) {
      reply.send(204, Cors.preflight(request, methods()), NO_BODY);
      return;
    }
    Incoming incoming = new Incoming(request, reply, entrance.authenticate(request));
    switch (request.method()) {
      case "POST" -> posts.serve(incoming);
      case "GET" -> listen(incoming);
      case "DELETE" -> delete(incoming);
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
    private String path;
    private OriginPolicy origins = OriginPolicy.loopback();
    private Authenticator authenticator = Authenticator.NONE;
    private JsonLimits limits = JsonLimits.DEFAULT;
    private LegacySessions sessions;
    private int maxConcurrentCalls = 256;
    private int maxSubscriptions = 256;

    private Builder(McpServer server) {
      this.server = Objects.requireNonNull(server, "server");
    }

    /**
     * Where the endpoint is.
     *
     * @param newPath a path such as {@code /mcp}, with or without a slash at its end; null (the
     *     default) for every path
     * @return this
     * @throws IllegalArgumentException if it does not begin with a slash
     */
    public Builder path(String newPath) {
      if (newPath != null && !newPath.startsWith("/")) {
        throw new IllegalArgumentException("the path must begin with /, not be " + newPath);
      }
      path = newPath == null ? null : withoutSlash(newPath);
      return this;
    }

    /**
     * Which hosts and origins are let in.
     *
     * @param policy the policy; by default {@link OriginPolicy#loopback()}; not null
     * @return this
     */
    public Builder origins(OriginPolicy policy) {
      origins = Objects.requireNonNull(policy, "policy");
      return this;
    }

    /**
     * Who finds out who calls.
     *
     * @param newAuthenticator by default {@link Authenticator#NONE}; not null
     * @return this
     */
    public Builder authenticator(Authenticator newAuthenticator) {
      authenticator = Objects.requireNonNull(newAuthenticator, "authenticator");
      return this;
    }

    /**
     * How large a message may be.
     *
     * @param newLimits by default {@link JsonLimits#DEFAULT}; not null
     * @return this
     */
    public Builder limits(JsonLimits newLimits) {
      limits = Objects.requireNonNull(newLimits, "limits");
      return this;
    }

    /**
     * How many calls may run at once. Those beyond are answered with status 503 and
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
     * How many subscriptions may be open at once, the streams that legacy sessions listen to among
     * them; each holds a connection and a thread. Those beyond are answered with status 503 and
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
    public Builder legacySessions(LegacySessions settings) {
      sessions = settings;
      return this;
    }

    /**
     * Finishes the endpoint.
     *
     * @return the endpoint
     */
    public StreamableHttp build() {
      return new StreamableHttp(this);
    }
  }
}
