package dev.statelessmcp.oauth;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpDocument;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.transport.FailureLog;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An {@link Authenticator} that makes an MCP server an OAuth 2.1 resource server: it publishes the
 * metadata, checks the access token of each request, and tells clients how to get one. Thread-safe.
 *
 * <pre>{@code
 * ResourceServer oauth = ResourceServer.builder("https://api.example.com/mcp")
 *     .issuer("https://login.example.com")
 *     .requiredScopes("mcp:use")
 *     .build();
 * McpHttpServer.builder(server).allowedHosts(List.of("api.example.com")).authenticator(oauth).start();
 * }</pre>
 *
 * <p>A tool, prompt or resource requires further scopes with {@code requires("files:write")}.
 *
 * <ul>
 *   <li>No token: status 401 with the URL of the metadata and the scopes.
 *   <li>A token that is invalid, has expired, or is for another resource: 401,
 *       {@code invalid_token}.
 *   <li>A malformed or repeated {@code Authorization} header: 400, {@code invalid_request}.
 *   <li>Scopes are missing: 403, {@code insufficient_scope}, with all that the operation needs.
 *   <li>The token cannot be checked, because the issuer is not reachable: 503.
 * </ul>
 *
 * <p>Tokens are never logged, and never passed on.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization">Authorization</a>
 */
public final class ResourceServer implements Authenticator {
  /** The minimum interval between two logged failures. */
  private static final long LOG_NANOS = 10_000_000_000L;

  private final AtomicLong logged = new AtomicLong(); // when, as System.nanoTime; 0 for never
  private final Metadata metadata;
  private final List<String> requiredScopes;
  private final TokenVerifier verifier;
  private final @Nullable Dpop dpop; // null if it is not supported

  ResourceServer(
      Metadata metadata, List<String> requiredScopes, TokenVerifier verifier, @Nullable Dpop dpop) {
    this.metadata = metadata;
    this.requiredScopes = requiredScopes;
    this.verifier = verifier;
    this.dpop = dpop;
  }

  /**
   * Creates a builder.
   *
   * @param publicUrl the URL of the MCP endpoint, exactly as users configure it in their clients,
   *     such as {@code https://api.example.com/mcp}; it is the {@code resource} of the metadata and
   *     the audience of tokens; not null
   * @return the builder
   * @throws IllegalArgumentException if it is not a URL with {@code https}, or with {@code http} on
   *     this machine, or has a query or fragment
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#canonical-server-uri">Canonical
   *     Server URI</a>
   */
  public static ResourceServerBuilder builder(String publicUrl) {
    return new ResourceServerBuilder(publicUrl);
  }

  /**
   * Creates a resource server with settings from the environment variables {@code MCP_OAUTH_*}.
   *
   * <ul>
   *   <li>{@code MCP_OAUTH_RESOURCE}: the public URL; if it is missing, {@code MCP_PUBLIC_URL}
   *   <li>{@code MCP_OAUTH_ISSUER}: the issuers of tokens, separated by spaces
   *   <li>{@code MCP_OAUTH_JWKS_URI}: the URL of the keys of the single issuer, if its metadata
   *       does not have it
   *   <li>{@code MCP_OAUTH_JWKS}: the keys of the single issuer, as a JWK set
   *   <li>{@code MCP_OAUTH_CLIENT_ID}, {@code MCP_OAUTH_CLIENT_SECRET}: the credentials of this
   *       server for introspection by the single issuer
   *   <li>{@code MCP_OAUTH_INTROSPECTION_URI}: the introspection endpoint, if its metadata does not
   *       have it
   *   <li>{@code MCP_OAUTH_SCOPES}: the scopes that every request needs, separated by spaces
   *   <li>{@code MCP_OAUTH_SUPPORTED_SCOPES}: further scopes for the metadata
   *   <li>{@code MCP_OAUTH_AUDIENCES}: further audiences of tokens, separated by spaces
   *   <li>{@code MCP_OAUTH_CLIENTS}: clients whose tokens need no audience
   *   <li>{@code MCP_OAUTH_METADATA_URL}: see {@link ResourceServerBuilder#metadataUrl}
   *   <li>{@code MCP_OAUTH_DPOP}: {@code supported} or {@code required}
   * </ul>
   *
   * @param environment the variables by name, such as {@code System.getenv()}; not null
   * @return the resource server
   * @throws IllegalArgumentException if a variable is missing, unknown or has an invalid value; the
   *     message names it and contains no secret
   */
  public static ResourceServer fromEnvironment(Map<String, String> environment) {
    return new OAuthEnvironment(environment).resourceServer();
  }

  @Override
  public Decision authenticate(HttpRequest request) {
    Credentials credentials = Credentials.of(request.headers(), dpop != null);
    String scheme = credentials.scheme();
    if (scheme == null) {
      return unauthorized(null, null);
    }
    String token = credentials.token();
    if (token == null) {
      return Authenticator.refused(
          400,
          "Bad request: there must be one Authorization header, with " + schemes() + " and a token",
          challenges("invalid_request", "The Authorization header is malformed"));
    }
    try {
      Caller caller = Objects.requireNonNull(verifier.verify(token), "caller");
      if (Dpop.isBoundOtherwise(caller)) {
        throw new InvalidTokenException(
            "The token is bound to its client in a way that this server does not support");
      }
      if (dpop != null) {
        dpop.check(request, scheme, token, caller);
      } else if (Dpop.isBound(caller)) {
        throw new InvalidTokenException(
            "The token is bound to a key, and this server does not support DPoP");
      }
      return Authenticator.accepted(caller);
    } catch (InvalidTokenException e) {
      return unauthorized("invalid_token", e.getMessage());
    } catch (Dpop.ProofException e) {
      return unauthorized(e.error(), e.getMessage());
    } catch (IOException e) {
      log(request, e);
      return Authenticator.refused(
          503,
          "The token cannot be checked now: the authorization server is not reachable",
          HttpHeaders.of("Retry-After", "5"));
    }
  }

  /** Logs a token that cannot be checked; not each one, because anyone can send tokens. */
  private void log(HttpRequest request, IOException why) {
    long now = System.nanoTime();
    long last = logged.get();
    if ((last == 0 || now - last > LOG_NANOS) && logged.compareAndSet(last, now == 0 ? 1 : now)) {
      FailureLog.log(
          request.attributes(),
          "A token could not be checked; further failures may not be logged",
          why);
    }
  }

  private Decision unauthorized(@Nullable String error, @Nullable String description) {
    String message = description == null ? "Unauthorized" : "Unauthorized: " + description;
    return Authenticator.refused(401, message, challenges(error, description));
  }

  private String schemes() {
    if (dpop == null) {
      return Credentials.BEARER;
    }
    return dpop.isRequired() ? Credentials.DPOP : Credentials.BEARER + " or " + Credentials.DPOP;
  }

  private HttpHeaders challenges(@Nullable String error, @Nullable String description) {
    HttpHeaders.Builder headers = HttpHeaders.builder();
    boolean ofProof = dpop != null && dpop.isOfProof(error);
    List<String> scopes =
        error == null || error.equals("invalid_token") ? requiredScopes : List.of();
    String bearer = challenge(
            Credentials.BEARER, ofProof ? null : error, ofProof ? null : description, scopes)
        .toString();
    if (dpop == null) {
      return headers.add("WWW-Authenticate", bearer).build();
    }
    boolean alone = dpop.isRequired(); // otherwise the scopes are in the other challenge
    String proof = challenge(Credentials.DPOP, error, description, alone ? scopes : List.of())
        .toString();
    // In one field, because API Gateway keeps only one. Bearer first, because clients look for it
    headers.add("WWW-Authenticate", alone ? proof : bearer + ", " + proof);
    return dpop.addNonce(headers).build();
  }

  private Challenge challenge(
      String scheme, @Nullable String error, @Nullable String description, List<String> scopes) {
    Challenge challenge = new Challenge(scheme)
        .with("error", error)
        .with("error_description", description)
        .with("scope", scopes)
        .with("resource_metadata", metadata.url());
    // RFC 9449 7.1: it "SHOULD be included"
    return dpop != null && scheme.equals(Credentials.DPOP)
        ? challenge.with("algs", dpop.algorithms())
        : challenge;
  }

  @Override
  public List<String> requiredScopes() {
    return requiredScopes;
  }

  @Override
  public String scopeChallenge(HttpRequest request, List<String> scopes) {
    Credentials credentials = Credentials.of(request.headers(), dpop != null);
    String scheme =
        Credentials.DPOP.equals(credentials.scheme()) ? Credentials.DPOP : Credentials.BEARER;
    return challenge(scheme, "insufficient_scope", "More scopes are needed for this", scopes)
        .toString();
  }

  @Override
  public Map<String, Function<HttpRequest, @Nullable HttpDocument>> documents() {
    return metadata.documents();
  }

  /** Fetches the keys of the issuers. */
  @Override
  public void prepare() {
    if (verifier instanceof JwtVerifier jwt) {
      jwt.prepare();
    }
  }
}
