package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpDocument;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.ServerCard;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.lambda.event.EventSource;
import dev.statelessmcp.lambda.event.HttpEvent;
import dev.statelessmcp.lambda.event.LoadBalancerClaims;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a function. Immutable: the methods that set something return new settings.
 *
 * <p>By default they are read from environment variables:
 *
 * <ul>
 *   <li>{@code MCP_PATH}: the path of the endpoint, such as {@code /echo/mcp}, without the stage
 *       and the base path of a custom domain; by default all paths, except those at which clients
 *       look for an authorization server
 *   <li>{@code MCP_PUBLIC_URL}: the URL by which clients call the function; web pages of its origin
 *       may call it
 *   <li>{@code MCP_CARD_NAMESPACE}: the publisher of the server, such as {@code com.example}; the
 *       function then serves its {@link ServerCard} and a catalogue; also requires {@code MCP_PATH}
 *       and {@code MCP_PUBLIC_URL} (or {@code MCP_OAUTH_RESOURCE})
 *   <li>{@code MCP_ALLOWED_ORIGINS}: further origins whose web pages may call it, separated by
 *       commas; {@code none} to allow no page
 *   <li>{@code MCP_MAX_REQUEST_BYTES}: the maximum size of a message, see {@link #limits}
 *   <li>{@code MCP_GATEWAY_TIMEOUT_MS}: see {@link #gatewayTimeout}
 *   <li>{@code MCP_DEADLINE_MARGIN_MS}: see {@link #deadlineMargin}
 *   <li>{@code MCP_LOAD_BALANCER_ARN}: see {@link #loadBalancer}
 *   <li>{@code MCP_OAUTH_*}: see {@link Authenticator#fromEnvironment}; the function checks access
 *       tokens itself
 * </ul>
 */
public final class LambdaSettings implements Cloneable {
  private @Nullable String path;
  private @Nullable String publicOrigin; // null if the public URL is not known
  private @Nullable List<String> allowedOrigins; // null if it has not been set
  private List<String> allowedHeaders = List.of();
  private Authenticator authenticator = new GatewayAuthenticator();
  private JsonLimits limits = JsonLimits.DEFAULT;
  private Deadlines deadlines = Deadlines.DEFAULT;
  private @Nullable LoadBalancerClaims loadBalancer; // null if no claims are accepted
  private boolean processStateKeys;
  private Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents = Map.of();
  private @Nullable String cardNamespace; // null for no card
  private @Nullable String cardUrl;

  private LambdaSettings() {}

  /** Accepts the caller that the gateway has authenticated. */
  private static final class GatewayAuthenticator implements Authenticator {
    @Override
    public Decision authenticate(HttpRequest request) {
      return Authenticator.accepted(
          request.attributes().get(Caller.class).orElse(Caller.ANONYMOUS));
    }
  }

  /**
   * The default settings, without environment variables: all paths, no other origins, and the
   * callers that the gateway authenticates.
   *
   * @return the settings
   */
  public static LambdaSettings defaults() {
    return new LambdaSettings();
  }

  /**
   * Reads the settings from the environment variables of the function.
   *
   * @return the settings
   * @throws IllegalArgumentException if a variable has an invalid value; the message names it
   */
  public static LambdaSettings fromEnvironment() {
    return from(System.getenv());
  }

  static LambdaSettings from(Map<String, String> environment) {
    return new EnvironmentSettings(environment).settings();
  }

  /**
   * Sets the path of the endpoint.
   *
   * @param newPath such as {@code /echo/mcp}; null for all paths, except those at which clients
   *     look for an authorization server
   * @return new settings
   */
  public LambdaSettings path(@Nullable String newPath) {
    LambdaSettings settings = copy();
    settings.path = newPath == null ? null : StreamableHttp.path(newPath);
    return settings;
  }

  /**
   * Sets the URL by which clients call the function; web pages of its origin may call it. A
   * function cannot determine this URL: behind a custom domain it may see another host.
   *
   * @param url such as {@code https://api.example.com/tools/echo/mcp}; not null
   * @return new settings
   * @throws IllegalArgumentException if it is not a URL
   */
  public LambdaSettings publicUrl(String url) {
    String origin = StreamableHttp.origin(url);
    boolean http = origin.startsWith("https://") || origin.startsWith("http://");
    if (!http || origin.indexOf('*') >= 0) {
      throw new IllegalArgumentException(
          "\"" + url + "\" is not a URL such as https://mcp.example.com");
    }
    LambdaSettings settings = copy();
    settings.publicOrigin = origin;
    return settings;
  }

  /**
   * Adds a small public document; see
   * {@link dev.statelessmcp.http.StreamableHttp.Builder#document}. The deployment must route its
   * path to the function.
   *
   * @param documentPath its path, without stage and base path of a custom domain; begins with a
   *     slash
   * @param document creates the document for a request; must be thread-safe; may return null, for
   *     status 404
   * @return new settings
   */
  public LambdaSettings document(
      String documentPath, Function<HttpRequest, @Nullable HttpDocument> document) {
    LambdaSettings settings = copy();
    settings.documents = new HashMap<>(documents);
    settings.documents.put(documentPath, Objects.requireNonNull(document, "document"));
    return settings;
  }

  /**
   * Sets the origins whose web pages may call the function, in addition to {@link #publicUrl} and
   * its own host.
   *
   * @param allowed as for {@link dev.statelessmcp.http.StreamableHttp.Builder#allowedOrigins}: such
   *     as {@code https://app.example.com} or {@code https://*.example.com}, or {@code *} for all;
   *     empty to allow no page; not null
   * @return new settings
   * @throws IllegalArgumentException if no {@code Origin} header can match an entry
   */
  public LambdaSettings allowedOrigins(List<String> allowed) {
    List<String> origins = new ArrayList<>(allowed.size());
    for (String each : allowed) {
      origins.add(StreamableHttp.origin(each));
    }
    if (origins.size() > 1 && origins.contains("none")) {
      throw new IllegalArgumentException("none must be the only entry");
    }
    LambdaSettings settings = copy();
    settings.allowedOrigins = List.copyOf(origins);
    return settings;
  }

  /**
   * Adds headers that pages of {@link #allowedOrigins} may send, in addition to those of the
   * protocol, {@code Authorization} and trace context. An API Gateway that answers preflights must
   * allow them too.
   *
   * @param names such as {@code X-Api-Key}; not null. An invalid name is refused when the handler
   *     is created
   * @return new settings
   */
  public LambdaSettings allowedHeaders(List<String> names) {
    LambdaSettings settings = copy();
    settings.allowedHeaders = List.copyOf(names);
    return settings;
  }

  /**
   * Sets the authenticator of HTTP requests. {@code request.attributes().get(Caller.class)} is the
   * caller that the gateway has authenticated. The authenticator is not called for direct
   * invocations and AgentCore Gateway, which have no HTTP request: IAM decides who may invoke the
   * function.
   *
   * @param newAuthenticator by default accepts the caller that the gateway has authenticated, or
   *     anonymous if there is none; not null
   * @return new settings
   */
  public LambdaSettings authenticator(Authenticator newAuthenticator) {
    LambdaSettings settings = copy();
    settings.authenticator = Objects.requireNonNull(newAuthenticator, "authenticator");
    return settings;
  }

  /**
   * Sets the limits of a message.
   *
   * @param newLimits by default {@link JsonLimits#DEFAULT}; from the environment 6 MiB, which is
   *     Lambda's own limit, 2 MiB on functions with less than 512 MB of memory, and 1 MiB with less
   *     than 256 MB; not null
   * @return new settings
   */
  public LambdaSettings limits(JsonLimits newLimits) {
    LambdaSettings settings = copy();
    settings.limits = Objects.requireNonNull(newLimits, "limits");
    return settings;
  }

  /**
   * Sets the timeout of API Gateway. A call that takes longer is answered with a JSON-RPC error
   * before the timeout, instead of the gateway's own error. Applies to REST and HTTP APIs; other
   * senders wait until the function's timeout.
   *
   * @param timeout by default 29 seconds, the quota of a REST API unless it was raised; more than 0
   * @return new settings
   * @throws IllegalArgumentException if it is 0 or less
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">Quotas
   *     of REST APIs</a>
   */
  public LambdaSettings gatewayTimeout(Duration timeout) {
    Objects.requireNonNull(timeout, "gatewayTimeout");
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("gatewayTimeout must be more than 0, was " + timeout);
    }
    LambdaSettings settings = copy();
    settings.deadlines = new Deadlines(deadlines.margin(), timeout);
    return settings;
  }

  /**
   * Sets the time that is reserved for the answer to a call that takes too long.
   *
   * @param margin by default 500 ms; at most a quarter of the remaining time is used; 0 or more
   * @return new settings
   * @throws IllegalArgumentException if it is less than 0
   */
  public LambdaSettings deadlineMargin(Duration margin) {
    Objects.requireNonNull(margin, "deadlineMargin");
    if (margin.isNegative()) {
      throw new IllegalArgumentException("deadlineMargin must be 0 or more, was " + margin);
    }
    LambdaSettings settings = copy();
    settings.deadlines = new Deadlines(margin, deadlines.gatewayTimeout());
    return settings;
  }

  /**
   * Accepts the users that an Application Load Balancer authenticates by OpenID Connect. Its
   * signature on their claims is verified with the key that it publishes, which is fetched at the
   * first use. Without this setting the headers with the claims are ignored, because a client can
   * send them through a rule that does not authenticate.
   *
   * @param arn the ARN of the load balancer; not null
   * @return new settings
   * @throws IllegalArgumentException if it is not the ARN of an Application Load Balancer
   * @see <a
   *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding">"you
   *     must verify the signature before doing any authorization based on the claims"</a>
   */
  public LambdaSettings loadBalancer(String arn) {
    return loadBalancer(LoadBalancerClaims.of(arn));
  }

  LambdaSettings loadBalancer(LoadBalancerClaims claims) {
    LambdaSettings settings = copy();
    settings.loadBalancer = claims;
    return settings;
  }

  /**
   * Allows a server that asks its clients to start without state keys. An answer that reaches
   * another instance of the function is then refused. Without this setting the server does not
   * start, because Lambda runs many instances.
   *
   * @return new settings
   */
  public LambdaSettings allowProcessStateKeys() {
    LambdaSettings settings = copy();
    settings.processStateKeys = true;
    return settings;
  }

  private LambdaSettings copy() {
    try {
      return (LambdaSettings) clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("it is Cloneable", e);
    }
  }

  boolean allowsProcessStateKeys() {
    return processStateKeys;
  }

  @Nullable
  String path() {
    return path;
  }

  List<String> allowedHeaders() {
    return allowedHeaders;
  }

  /** The {@code allowedOrigins} of the endpoint; null if not set. */
  @Nullable
  List<String> origins() {
    boolean none = allowedOrigins != null
        && (allowedOrigins.isEmpty() || allowedOrigins.get(0).equals("none"));
    if (publicOrigin == null || none) {
      return allowedOrigins;
    }
    List<String> all = new ArrayList<>();
    all.add(publicOrigin);
    if (allowedOrigins != null) {
      all.addAll(allowedOrigins);
    }
    return all;
  }

  Authenticator authenticator() {
    return authenticator;
  }

  JsonLimits limits() {
    return limits;
  }

  Deadlines deadlines() {
    return deadlines;
  }

  /** The caller, as the sender of the event has authenticated it. May use the network. */
  Caller callerOf(HttpEvent event, InvocationLog log) {
    return loadBalancer != null && event.source() == EventSource.LOAD_BALANCER
        ? userOf(loadBalancer, event.headers(), log)
        : event.caller();
  }

  /** The user of a load balancer; anonymous if the claims are not accepted, which is logged. */
  static Caller userOf(LoadBalancerClaims claims, HttpHeaders headers, InvocationLog log) {
    try {
      return claims.caller(headers);
    } catch (GeneralSecurityException e) {
      log.write(LogLevel.WARN, e.getMessage());
      return Caller.ANONYMOUS;
    }
  }

  /** Adds a card of the server, which is not known yet. */
  LambdaSettings card(String namespace, String url) {
    LambdaSettings settings = copy();
    settings.cardNamespace = namespace;
    settings.cardUrl = url;
    return settings;
  }

  /** Adds the documents that need the server. */
  LambdaSettings describing(McpServer server) {
    if (cardNamespace == null || cardUrl == null) {
      return this;
    }
    ServerCard card;
    try {
      card = ServerCard.of(server, cardNamespace, cardUrl);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("MCP_CARD_NAMESPACE: " + e.getMessage(), e);
    }
    return document(path + ServerCard.PATH, card::card)
        .document(ServerCard.CATALOG_PATH, card::catalog);
  }

  Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents() {
    return documents;
  }
}
