package dev.statelessmcp.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.JsonRpcPayload;
import dev.statelessmcp.jsonrpc.MalformedMessageException;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.Era;
import dev.statelessmcp.protocol.ErrorCode;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.transport.Admission;
import dev.statelessmcp.transport.Caller;
import dev.statelessmcp.transport.LegacyClient;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;

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

  private final McpServer server;
  private final String path;
  private final OriginPolicy origins;
  private final Authenticator authenticator;
  private final JsonRpcCodec codec;
  private final Semaphore calls;

  private StreamableHttp(Builder builder) {
    server = builder.server;
    path = builder.path;
    origins = builder.origins;
    authenticator = builder.authenticator;
    codec = new JsonRpcCodec(builder.limits);
    calls = new Semaphore(builder.maxConcurrentCalls);
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
      reply.send(204, Cors.preflight(request), NO_BODY);
      return;
    }
    Caller caller = authenticate(request);
    if (!request.method().equals("POST")) {
      throw new HttpRefusal(
          405,
          HttpHeaders.of("Allow", "POST, OPTIONS"),
          "Method " + request.method() + " is not allowed here; send messages with POST");
    }
    HttpHeaders headers = request.headers();
    checkMediaTypes(headers);
    JsonRpcPayload payload = read(request);
    String version = headers.get(HeaderRules.VERSION);
    if (payload instanceof JsonRpcMessage.Request call) {
      serve(call, version, caller, request, reply);
    } else if (payload instanceof JsonRpcPayload.Batch batch) {
      serve(batch, version, caller, request, reply);
    } else {
      if (payload instanceof JsonRpcMessage.Response && Era.isModern(version)) {
        // "The client MUST NOT send JSON-RPC responses"
        throw new HttpRefusal(400, "A response cannot be posted in revision " + version);
      }
      // Nothing waits for it: without a connection there is no call that it could belong to.
      legacyClient(version, null);
      accept(request, reply);
    }
  }

  private Caller authenticate(HttpRequest request) throws HttpRefusal {
    Authenticator.Decision decision;
    try {
      decision = Objects.requireNonNull(authenticator.authenticate(request), "decision");
    } catch (RuntimeException e) {
      System.getLogger("dev.statelessmcp").log(Level.ERROR, "the authenticator failed", e);
      throw new HttpRefusal(
          500,
          HttpHeaders.NONE,
          new JsonRpcMessage.Failure(
              null, new JsonRpcError(ErrorCode.INTERNAL_ERROR, "Internal error")));
    }
    if (decision instanceof Authenticator.Accepted accepted) {
      return accepted.caller();
    }
    if (decision instanceof Authenticator.Unauthorized unauthorized) {
      throw new HttpRefusal(
          401, HttpHeaders.of("WWW-Authenticate", unauthorized.challenge()), "Unauthorized");
    }
    Authenticator.Forbidden forbidden = (Authenticator.Forbidden) decision;
    throw new HttpRefusal(
        403,
        HttpHeaders.builder().add("WWW-Authenticate", forbidden.challenge()).build(),
        "Forbidden: " + forbidden.reason());
  }

  private static void checkMediaTypes(HttpHeaders headers) throws HttpRefusal {
    String contentType = headers.get("Content-Type");
    if (!MediaTypes.isJson(contentType)) {
      throw new HttpRefusal(
          415,
          contentType == null
              ? "The Content-Type header is required; it must be application/json"
              : "The Content-Type must be application/json in UTF-8, not " + contentType);
    }
    String accept = headers.get("Accept");
    if (!MediaTypes.accepts(accept, MediaTypes.JSON)
        && !MediaTypes.accepts(accept, MediaTypes.EVENT_STREAM)) {
      throw new HttpRefusal(
          406,
          "The Accept header must allow application/json and text/event-stream, not " + accept);
    }
  }

  private JsonRpcPayload read(HttpRequest request) throws HttpRefusal, IOException {
    int maxBytes = codec.limits().maxBytes();
    byte[] body = request.body().read(maxBytes);
    if (body == null) {
      throw new HttpRefusal(413, "The body is larger than " + maxBytes + " bytes");
    }
    try {
      return codec.read(body);
    } catch (MalformedMessageException e) {
      throw new HttpRefusal(400, HttpHeaders.NONE, e.failure());
    }
  }

  private void serve(
      JsonRpcMessage.Request call,
      String versionHeader,
      Caller caller,
      HttpRequest request,
      HttpReply reply)
      throws HttpRefusal, IOException {
    Era era = Era.of(call, versionHeader);
    LegacyClient client = LegacyClient.UNKNOWN;
    if (era == Era.MODERN) {
      HeaderRules.check(request.headers(), call);
    } else if (!call.method().equals("initialize")) {
      // initialize itself negotiates by its body; a header there is a client ahead of its time
      client = legacyClient(versionHeader, call.id());
    }
    ReplyExchange exchange = new ReplyExchange(request, reply, caller, client, era);
    Admission admission = server.admit(era, call, exchange);
    if (admission instanceof Admission.Refused refused) {
      exchange.finish(StatusRules.ofRefusal(era, refused.failure()), refused.failure());
      return;
    }
    enter(call.id());
    JsonRpcMessage.Response response;
    try {
      HttpReply.Heartbeat heartbeat = reply.every(exchange::beat);
      try {
        response = ((Admission.Admitted) admission).call().get();
      } finally {
        heartbeat.stop();
      }
    } finally {
      calls.release(); // before the answer: who has one may call again
    }
    // What a handler may have left behind would cut its own answer off
    Thread.interrupted();
    exchange.finish(StatusRules.ofAnswer(era, response), response);
  }

  private void serve(
      JsonRpcPayload.Batch batch,
      String versionHeader,
      Caller caller,
      HttpRequest request,
      HttpReply reply)
      throws HttpRefusal, IOException {
    if (Era.isModern(versionHeader)) {
      throw new HttpRefusal(
          400, "Invalid request: revision " + versionHeader + " has no JSON-RPC batches");
    }
    LegacyClient client = legacyClient(versionHeader, null);
    ReplyExchange exchange = new ReplyExchange(request, reply, caller, client, Era.LEGACY);
    enter(null);
    Optional<JsonNode> answer;
    try {
      answer = server.handle(batch, exchange);
    } finally {
      calls.release();
    }
    if (answer.isPresent()) {
      exchange.finish(answer.get().isArray() ? 200 : 400, Json.write(answer.get()));
    } else {
      accept(request, reply);
    }
  }

  /** Says that there is nothing to say. */
  private static void accept(HttpRequest request, HttpReply reply) throws IOException {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    Cors.addTo(headers, request);
    reply.send(202, headers.build(), NO_BODY);
  }

  /**
   * What a version header says about a legacy client.
   *
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2025-11-25/basic/transports#protocol-version-header">"If
   *     the server receives a request with an invalid or unsupported MCP-Protocol-Version, it MUST
   *     respond with 400 Bad Request"</a>
   */
  private static LegacyClient legacyClient(String versionHeader, RequestId id) throws HttpRefusal {
    if (versionHeader == null) {
      return LegacyClient.UNKNOWN;
    }
    ProtocolVersion version = ProtocolVersion.of(versionHeader).orElse(null);
    if (version == null) {
      throw HttpRefusal.invalid(
          400,
          id,
          "The MCP-Protocol-Version header \""
              + versionHeader
              + "\" names no revision that this server speaks; it speaks "
              + List.of(ProtocolVersion.values()));
    }
    return LegacyClient.of(version);
  }

  /** Takes a place among the calls in flight, or says that there is none. */
  private void enter(RequestId id) throws HttpRefusal {
    if (!calls.tryAcquire()) {
      throw new HttpRefusal(
          503,
          HttpHeaders.of("Retry-After", "1"),
          new JsonRpcMessage.Failure(
              id,
              new JsonRpcError(
                  ErrorCode.INTERNAL_ERROR,
                  "The server is busy; the setting is maxConcurrentCalls")));
    }
  }

  /** Collects the settings of an endpoint. Not safe from several threads. */
  public static final class Builder {
    private final McpServer server;
    private String path;
    private OriginPolicy origins = OriginPolicy.loopback();
    private Authenticator authenticator = Authenticator.NONE;
    private JsonLimits limits = JsonLimits.DEFAULT;
    private int maxConcurrentCalls = 256;

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
     * Finishes the endpoint.
     *
     * @return the endpoint
     */
    public StreamableHttp build() {
      return new StreamableHttp(this);
    }
  }
}
