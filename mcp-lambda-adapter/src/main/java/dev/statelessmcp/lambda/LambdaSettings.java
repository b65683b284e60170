package dev.statelessmcp.lambda;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpDocument;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.OriginPolicy;
import dev.statelessmcp.json.JsonLimits;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The settings of a function. Immutable; the methods that set something return new settings.
 *
 * <p>By default they come from environment variables:
 *
 * <ul>
 *   <li>{@code MCP_PATH}: where the endpoint is, such as {@code /echo/mcp}, without stage and base
 *       path of a custom domain; without it every path is the endpoint
 *   <li>{@code MCP_PUBLIC_URL}: the URL by which clients call the function; pages of that origin
 *       may call it too
 *   <li>{@code MCP_ALLOWED_ORIGINS}: further origins whose pages may call it, separated by commas
 *   <li>{@code MCP_MAX_REQUEST_BYTES}: the largest message, see {@link #limits}
 *   <li>{@code MCP_GATEWAY_TIMEOUT_MS}: see {@link #gatewayTimeout}
 *   <li>{@code MCP_DEADLINE_MARGIN_MS}: see {@link #deadlineMargin}
 *   <li>{@code MCP_LOAD_BALANCER_ARN}: see {@link #loadBalancer}
 * </ul>
 */
public final class LambdaSettings implements Cloneable {
  private String path;
  private OriginPolicy origins = OriginPolicy.anyHost();
  private Authenticator authenticator = new GatewayAuthenticator();
  private JsonLimits limits = JsonLimits.DEFAULT;
  private Deadlines deadlines = Deadlines.DEFAULT;
  private LoadBalancerClaims loadBalancer; // null if its claims are not believed
  private boolean processStateKeys;
  private Map<String, Function<HttpRequest, HttpDocument>> documents = Map.of();

  private LambdaSettings() {}

  /** Who the gateway says it is. */
  private static final class GatewayAuthenticator implements Authenticator {
    @Override
    public Decision authenticate(HttpRequest request) {
      return Authenticator.accepted(
          request.attributes().get(Caller.class).orElse(Caller.ANONYMOUS));
    }
  }

  /**
   * Settings without regard to the environment: every path, no foreign origin, callers as the
   * gateway has established them.
   *
   * @return the settings
   */
  public static LambdaSettings defaults() {
    return new LambdaSettings();
  }

  /**
   * Settings from the environment variables of the function.
   *
   * @return the settings
   * @throws IllegalArgumentException if a variable has no sensible value; the message names it
   */
  public static LambdaSettings fromEnvironment() {
    return from(System.getenv());
  }

  static LambdaSettings from(Map<String, String> environment) {
    return new EnvironmentSettings(environment).settings();
  }

  /**
   * The settings with a path.
   *
   * @param newPath where the endpoint is, such as {@code /echo/mcp}; null for every path
   * @return new settings
   */
  public LambdaSettings path(String newPath) {
    LambdaSettings settings = copy();
    settings.path = newPath;
    return settings;
  }

  /**
   * The settings with the URL by which clients call the function. A function cannot know it: behind
   * a custom domain the host that it sees may be another one.
   *
   * @param url such as {@code https://api.example.com/tools/echo/mcp}; not null
   * @return new settings
   * @throws IllegalArgumentException if it is no URL
   */
  public LambdaSettings publicUrl(String url) {
    LambdaSettings settings = copy();
    settings.origins = origins.withOrigins(List.of(url));
    return settings;
  }

  /**
   * The settings with a small public document beside the endpoint; see
   * {@link dev.statelessmcp.http.StreamableHttp.Builder#document}. The template must route its path
   * to the function.
   *
   * @param documentPath its path, without stage and base path of a custom domain; begins with a
   *     slash
   * @param document makes the document for a request, from any thread; null from it is status 404
   * @return new settings
   */
  public LambdaSettings document(
      String documentPath, Function<HttpRequest, HttpDocument> document) {
    LambdaSettings settings = copy();
    settings.documents = new HashMap<>(documents);
    settings.documents.put(documentPath, Objects.requireNonNull(document, "document"));
    return settings;
  }

  /**
   * The settings with further origins whose web pages may call the function.
   *
   * @param allowed origins such as {@code https://app.example.com}, or {@code *} for all; not null
   * @return new settings
   * @throws IllegalArgumentException if one is no origin
   */
  public LambdaSettings allowedOrigins(List<String> allowed) {
    LambdaSettings settings = copy();
    settings.origins = origins.withOrigins(allowed);
    return settings;
  }

  /**
   * The settings with somebody who finds out who calls. What the gateway has established is an
   * attribute of the request: {@code request.attributes().get(Caller.class)}. Direct invocations
   * and AgentCore Gateway have no HTTP request, and are not asked: who may invoke the function may
   * call.
   *
   * @param newAuthenticator by default the caller is whom the gateway's authorizer has found, and
   *     anonymous where there is none; not null
   * @return new settings
   */
  public LambdaSettings authenticator(Authenticator newAuthenticator) {
    LambdaSettings settings = copy();
    settings.authenticator = Objects.requireNonNull(newAuthenticator, "authenticator");
    return settings;
  }

  /**
   * The settings with other limits of a message.
   *
   * @param newLimits by default {@link JsonLimits#DEFAULT}; from the environment 6 MiB, which is
   *     all that Lambda lets through, but 2 MiB on functions with less than 512 MB of memory, and 1
   *     MiB with less than 256 MB; not null
   * @return new settings
   */
  public LambdaSettings limits(JsonLimits newLimits) {
    LambdaSettings settings = copy();
    settings.limits = Objects.requireNonNull(newLimits, "limits");
    return settings;
  }

  /**
   * The settings with the time after which API Gateway gives up. A call that would overrun it is
   * answered in JSON-RPC before, instead of by the gateway's own error. It holds for REST and HTTP
   * APIs; the other senders wait as long as the function may run.
   *
   * @param timeout by default 29 seconds, the quota of a REST API unless it was raised; more than 0
   * @return new settings
   * @see <a
   *     href="https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html">Quotas
   *     of REST APIs</a>
   */
  public LambdaSettings gatewayTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("the gateway's timeout must be more than 0");
    }
    LambdaSettings settings = copy();
    settings.deadlines = new Deadlines(deadlines.margin(), timeout);
    return settings;
  }

  /**
   * The settings with the time that is kept back for the answer of a call that takes too long.
   *
   * @param margin by default 500 ms; at most a quarter of the function's timeout is used; not less
   *     than 0
   * @return new settings
   */
  public LambdaSettings deadlineMargin(Duration margin) {
    if (margin.isNegative()) {
      throw new IllegalArgumentException("the margin must not be less than 0");
    }
    LambdaSettings settings = copy();
    settings.deadlines = new Deadlines(margin, deadlines.gatewayTimeout());
    return settings;
  }

  /**
   * The settings with an Application Load Balancer that authenticates users by OpenID Connect. Its
   * signature on their claims is verified with the key that it publishes, fetched when it is first
   * needed. Without this setting the headers with the claims are not believed, since anybody could
   * send them through a rule that does not authenticate.
   *
   * @param arn the ARN of the load balancer; not null
   * @return new settings
   * @throws IllegalArgumentException if it is no ARN of a load balancer
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
   * The settings for a server that asks its clients and has no state keys. Without them an answer
   * that reaches another instance of the function is refused, and Lambda has many; so such a server
   * does not start unless this says that it may.
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

  String path() {
    return path;
  }

  OriginPolicy origins() {
    return origins;
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

  /** Who calls, as the sender of the event has established it. */
  Caller callerOf(HttpEvent event, InvocationLog log) {
    return loadBalancer != null && event.source() == EventSource.LOAD_BALANCER
        ? loadBalancer.caller(event.headers(), log)
        : event.caller();
  }

  Map<String, Function<HttpRequest, HttpDocument>> documents() {
    return documents;
  }
}
