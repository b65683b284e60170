package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.catalog.Item;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.input.StateKeys;
import dev.statelessmcp.json.Json;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Builds a {@link ResourceServer}. Exactly one way to check tokens must be set: {@link #issuer} or
 * {@link #keys} for signed tokens, each for one or several issuers, or {@link #introspection}, or
 * {@link #verifier}. Not thread-safe.
 */
public final class ResourceServerBuilder {
  private static final Duration MAX_LEEWAY = Duration.ofMinutes(5);

  private final String publicUrl;
  private final URI uri;
  private final List<String> servers = new ArrayList<>();
  private final List<KeySource> issuers = new ArrayList<>();
  private final Set<String> audiences = new HashSet<>();
  private final Set<String> clients = new HashSet<>();
  private @Nullable Introspection introspection;
  private @Nullable TokenVerifier verifier;
  private Algorithms algorithms = Algorithms.all();
  private List<String> types = List.of("at+jwt", "jwt", "");
  private Duration leeway = Duration.ofSeconds(30);
  private List<String> requiredScopes = List.of();
  private List<String> supportedScopes = List.of();
  private @Nullable String name;
  private @Nullable String documentation;
  private @Nullable String metadataUrl;
  private Dpop.@Nullable Settings dpop;
  private Clock clock = Clock.systemUTC();
  private int fetchMillis = Fetcher.MAX_MILLIS;

  ResourceServerBuilder(String publicUrl) {
    this.publicUrl = Objects.requireNonNull(publicUrl, "publicUrl");
    uri = Urls.requireWithoutQuery("the public URL", publicUrl);
    try {
      StreamableHttp.path(Urls.path(uri) + "/"); // at which the metadata is served
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the public URL \"" + publicUrl + "\": " + e.getMessage(), e);
    }
    audiences.add(Urls.canonical(publicUrl));
  }

  /**
   * Accepts the signed tokens of an issuer. Its metadata (RFC 8414 or OpenID Connect Discovery) has
   * the URL of its keys. They are fetched at the first use or by {@link ResourceServer#prepare},
   * cached, and fetched again if a token has an unknown key id, at most every 10 seconds.
   *
   * @param issuer the issuer, exactly as in {@code iss} of its tokens; it becomes an authorization
   *     server in the metadata; not null
   * @return this
   * @throws IllegalArgumentException if it is not a URL with {@code https}, or with {@code http} on
   *     this machine
   */
  public ResourceServerBuilder issuer(String issuer) {
    return signed(issuer, null);
  }

  /**
   * Accepts the signed tokens of an issuer, with the URL of its keys.
   *
   * @param issuer the issuer, exactly as in {@code iss} of its tokens; not null
   * @param jwksUri the URL of its JWK set; not null
   * @return this
   * @throws IllegalArgumentException if one is not a URL with {@code https}, or with {@code http}
   *     on this machine
   */
  public ResourceServerBuilder issuer(String issuer, String jwksUri) {
    return signed(issuer, Urls.require("jwksUri", jwksUri));
  }

  private ResourceServerBuilder signed(String issuer, @Nullable URI jwksUri) {
    addServer(issuer);
    issuers.add(KeySource.fetched(issuer, jwksUri, clock, fetchMillis));
    return this;
  }

  /**
   * Accepts the signed tokens of an issuer with fixed keys.
   *
   * @param issuer the issuer, exactly as in {@code iss} of its tokens; not null
   * @param jwks its JWK set, as JSON text; not null
   * @return this
   * @throws IllegalArgumentException if the issuer is not a URL with {@code https}, or with
   *     {@code http} on this machine, or the JWK set has no usable key
   */
  public ResourceServerBuilder keys(String issuer, String jwks) {
    addServer(issuer);
    if (!(Json.parse(jwks) instanceof ObjectNode set)) {
      throw new IllegalArgumentException("jwks must be a JSON object");
    }
    issuers.add(KeySource.fixed(issuer, KeySet.of(set)));
    return this;
  }

  /**
   * Checks each token at an authorization server (RFC 7662). Its answer is cached for 30 seconds,
   * and never longer than the token is valid.
   *
   * @param issuer the authorization server; not null
   * @param endpoint the URL of its introspection endpoint; null to use that in its metadata
   * @param clientId the client id of this server there; not null
   * @param clientSecret the secret of this server, which is sent with HTTP Basic; not null
   * @return this
   * @throws IllegalArgumentException if one is not a URL with {@code https}, or with {@code http}
   *     on this machine
   */
  public ResourceServerBuilder introspection(
      String issuer, @Nullable String endpoint, String clientId, String clientSecret) {
    addServer(issuer);
    URI url = endpoint == null ? null : Urls.require("the introspection endpoint", endpoint);
    if (introspection != null) {
      throw new IllegalArgumentException("introspection must not be set twice");
    }
    introspection = new Introspection(issuer, url, clientId, clientSecret);
    return this;
  }

  /**
   * Checks tokens with a custom verifier. The settings of audiences, clients, algorithms and clocks
   * do not apply.
   *
   * @param newVerifier verifies a token; not null
   * @param authorizationServers the authorization servers of the metadata; at least one
   * @return this
   * @throws IllegalArgumentException if there is none, or one is not a URL with {@code https}, or
   *     with {@code http} on this machine
   */
  public ResourceServerBuilder verifier(TokenVerifier newVerifier, String... authorizationServers) {
    for (String server : authorizationServers) {
      addServer(server);
    }
    verifier = Objects.requireNonNull(newVerifier, "verifier");
    return this;
  }

  private void addServer(String issuer) {
    Urls.requireWithoutQuery("the issuer", issuer);
    if (servers.contains(issuer)) {
      throw new IllegalArgumentException("issuer \"" + issuer + "\" must not be set twice");
    }
    servers.add(issuer);
  }

  /**
   * Accepts tokens for further audiences in addition to the public URL, for authorization servers
   * that use another identifier in {@code aud}.
   *
   * @param more such as {@code api://echo}
   * @return this
   */
  public ResourceServerBuilder audiences(String... more) {
    for (String audience : more) {
      audiences.add(Urls.canonical(audience));
    }
    return this;
  }

  /**
   * Accepts tokens without an audience if they were issued to one of these clients, for
   * authorization servers without {@code aud}, such as Amazon Cognito. Only for clients that use no
   * other server: a token of the client for another server would be accepted here.
   *
   * @param ids values of {@code client_id}
   * @return this
   */
  public ResourceServerBuilder clientsWithoutAudience(String... ids) {
    clients.addAll(List.of(ids));
    return this;
  }

  /**
   * Sets the accepted signature algorithms.
   *
   * @param names some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, and EdDSA
   *     or Ed25519 for keys of Ed25519; by default all of them
   * @return this
   * @throws IllegalArgumentException if {@code names} is empty or has another algorithm
   */
  public ResourceServerBuilder algorithms(String... names) {
    algorithms = Algorithms.of(names);
    return this;
  }

  /**
   * Sets the accepted values of the header {@code typ} of signed tokens.
   *
   * @param newTypes by default {@code at+jwt}, {@code JWT} and an empty string for a missing one,
   *     because many authorization servers do not follow RFC 9068; only {@code at+jwt} is strict
   * @return this
   */
  public ResourceServerBuilder types(String... newTypes) {
    List<String> all = new ArrayList<>();
    for (String type : newTypes) {
      all.add(JwtVerifier.type(type));
    }
    types = List.copyOf(all);
    return this;
  }

  /**
   * Sets the allowed clock difference to an issuer.
   *
   * @param time by default 30 seconds; 0 to 5 minutes
   * @return this
   * @throws IllegalArgumentException if it is out of that range
   */
  public ResourceServerBuilder leeway(Duration time) {
    if (time.isNegative() || time.compareTo(MAX_LEEWAY) > 0) {
      throw new IllegalArgumentException(
          "leeway must be from 0 to " + MAX_LEEWAY + ", was " + time);
    }
    leeway = time;
    return this;
  }

  /**
   * Sets the scopes that every request needs. The challenge for a request without a token names
   * them.
   *
   * @param scopes by default none
   * @return this
   * @throws IllegalArgumentException if one has a character that OAuth does not allow in a scope
   */
  public ResourceServerBuilder requiredScopes(String... scopes) {
    requiredScopes = scopes(scopes);
    return this;
  }

  /**
   * Sets further scopes for {@code scopes_supported} of the metadata. A client that gets a
   * challenge without scopes requests all of them.
   *
   * @param scopes by default none
   * @return this
   * @throws IllegalArgumentException if one has a character that OAuth does not allow in a scope
   */
  public ResourceServerBuilder supportedScopes(String... scopes) {
    supportedScopes = scopes(scopes);
    return this;
  }

  private static List<String> scopes(String... scopes) {
    for (String scope : scopes) {
      Item.requireScope(scope);
    }
    return List.of(scopes);
  }

  /**
   * Sets the display name of the server, {@code resource_name} of the metadata.
   *
   * @param newName the name; null (the default) for none
   * @return this
   */
  public ResourceServerBuilder name(@Nullable String newName) {
    name = newName;
    return this;
  }

  /**
   * Sets a page for developers, {@code resource_documentation} of the metadata.
   *
   * @param url the URL of the page; null (the default) for none
   * @return this
   */
  public ResourceServerBuilder documentation(@Nullable String url) {
    documentation = url;
    return this;
  }

  /**
   * Sets the URL of the metadata, for a host whose root is not routed to this server, such as the
   * stage of an API. The metadata is also served below the endpoint, which is always routed.
   *
   * @param url such as
   *     {@code https://id.execute-api.eu-west-1.amazonaws.com/dev/mcp/.well-known/oauth-protected-resource};
   *     null (the default) for the well-known URL of RFC 9728
   * @return this
   * @throws IllegalArgumentException if it is not a URL with {@code https}, or with {@code http} on
   *     this machine
   */
  public ResourceServerBuilder metadataUrl(@Nullable String url) {
    metadataUrl = url == null ? null : Urls.require("metadataUrl", url).toString();
    return this;
  }

  /**
   * Supports tokens that are bound to a key of the client (RFC 9449): each request has a proof that
   * the client has the key. By default these tokens are refused.
   *
   * @param required true to refuse other tokens
   * @return this
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9449">Demonstrating Proof of Possession</a>
   */
  public ResourceServerBuilder dpop(boolean required) {
    dpop = dpopSettings().required(required);
    return this;
  }

  /**
   * Requires a nonce of this server in each proof, so that proofs cannot be created in advance. A
   * nonce is valid for 5 minutes, on all instances with the same keys. Also enables DPoP.
   *
   * @param keys the keys of the nonces; not null
   * @return this
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-9">Resource Server-Provided
   *     Nonce</a>
   */
  public ResourceServerBuilder dpopNonces(StateKeys keys) {
    dpop = dpopSettings().nonces(Objects.requireNonNull(keys, "keys"));
    return this;
  }

  /**
   * Accepts each proof once. Also enables DPoP.
   *
   * @param store stores the hash of a proof's id at least until a time, and returns whether it is
   *     new; must be thread-safe; not null
   * @return this
   */
  public ResourceServerBuilder dpopReplayStore(BiPredicate<String, Instant> store) {
    dpop = dpopSettings().store(Objects.requireNonNull(store, "store"));
    return this;
  }

  private Dpop.Settings dpopSettings() {
    return dpop == null ? Dpop.Settings.DEFAULT : dpop;
  }

  /** For tests. Applies to later settings. */
  ResourceServerBuilder clock(Clock newClock) {
    clock = newClock;
    return this;
  }

  /** For tests. Applies to later settings. */
  ResourceServerBuilder fetchMillis(int millis) {
    fetchMillis = millis;
    return this;
  }

  /**
   * Creates the resource server. Uses no network.
   *
   * @return the resource server
   * @throws IllegalArgumentException if there is not exactly one way to check tokens, or no
   *     authorization server
   */
  public ResourceServer build() {
    int ways =
        (issuers.isEmpty() ? 0 : 1) + (introspection == null ? 0 : 1) + (verifier == null ? 0 : 1);
    if (ways != 1 || servers.isEmpty()) {
      throw new IllegalArgumentException(
          "exactly one way to check tokens must be set: issuer or keys, introspection, or verifier"
              + " with an authorization server");
    }
    return new ResourceServer(
        new Metadata(uri, metadataUrl, metadata()),
        requiredScopes,
        tokenVerifier(),
        dpop == null ? null : new Dpop(dpop, uri, algorithms, clock));
  }

  private TokenVerifier tokenVerifier() {
    if (verifier != null) {
      return verifier;
    }
    // RFC 9068 requires exp in a signed token; RFC 7662 does not, since it says active
    TokenRules rules = new TokenRules(
        Set.copyOf(audiences),
        Set.copyOf(clients),
        leeway.toSeconds(),
        introspection == null,
        clock);
    return introspection != null
        ? new IntrospectionVerifier(introspection, rules, fetchMillis)
        : new JwtVerifier(issuers, algorithms, types, rules);
  }

  private ObjectNode metadata() {
    List<String> scopes = new ArrayList<>(requiredScopes);
    for (String scope : supportedScopes) {
      if (!scopes.contains(scope)) {
        scopes.add(scope);
      }
    }
    ObjectNode json = Metadata.json(publicUrl, servers);
    Metadata.put(json, "scopes_supported", scopes);
    if (name != null) {
      json.put("resource_name", name);
    }
    if (documentation != null) {
      json.put("resource_documentation", documentation);
    }
    if (dpop != null) {
      Metadata.put(json, "dpop_signing_alg_values_supported", algorithms.names());
      json.put("dpop_bound_access_tokens_required", dpop.required());
    }
    return json;
  }
}
