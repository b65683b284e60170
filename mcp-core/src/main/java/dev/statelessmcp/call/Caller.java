package dev.statelessmcp.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The user or service that makes a request, as an authenticator or a gateway has authenticated it.
 * Not the <em>client</em>, whose name is self-reported. Immutable, provided that the claims are not
 * changed.
 *
 * @param principal the name of the user or service; empty for an anonymous caller, never null
 * @param scopes the scopes that it was granted; not null
 * @param claims the claims of its token; not null, must not be changed
 */
public record Caller(String principal, Set<String> scopes, ObjectNode claims) {

  /** The caller of a request that was not authenticated. */
  public static final Caller ANONYMOUS = new Caller("", Set.of(), Json.object());

  /**
   * Checks that nothing is null, and keeps a copy of the scopes.
   *
   * @param principal the name of the user or service; empty for an anonymous caller, never null
   * @param scopes the scopes that it was granted; not null
   * @param claims the claims of its token; not null, must not be changed
   * @throws NullPointerException if something is null
   */
  public Caller {
    Objects.requireNonNull(principal, "principal");
    scopes = Set.copyOf(scopes);
    Objects.requireNonNull(claims, "claims");
  }

  /**
   * A caller with a name and scopes.
   *
   * @param principal its name; not null
   * @param scopes the scopes that it was granted
   * @return the caller
   */
  public static Caller of(String principal, String... scopes) {
    return new Caller(principal, Set.of(scopes), Json.object());
  }

  /**
   * The issuer of the caller's token: the claim {@code iss}.
   *
   * @return empty if the claim is missing
   */
  public Optional<String> issuer() {
    return Optional.ofNullable(claims.path("iss").textValue());
  }

  /**
   * The OAuth client that acts for the caller: the claim {@code client_id}, or {@code azp}.
   *
   * @return empty if both claims are missing
   */
  public Optional<String> clientId() {
    String id = claims.path("client_id").textValue();
    return Optional.ofNullable(id != null ? id : claims.path("azp").textValue());
  }

  /**
   * The time at which the caller's token expires: the claim {@code exp}, in seconds since 1970, as
   * a number or a string of digits.
   *
   * @return empty if the claim is missing or has another form
   */
  public Optional<Instant> expiresAt() {
    long seconds = claims.path("exp").asLong(-1);
    return seconds < 0 || seconds > Instant.MAX.getEpochSecond()
        ? Optional.empty()
        : Optional.of(Instant.ofEpochSecond(seconds));
  }

  /**
   * Identifies the caller among all issuers, and stays the same when its token is refreshed. State
   * that belongs to a caller is bound to this identity.
   *
   * @return issuer and principal; the principal alone if the issuer is not known; empty for an
   *     anonymous caller; never null
   */
  public String identity() {
    String issuer = claims.path("iss").textValue();
    return issuer == null || principal.isEmpty() ? principal : issuer + " " + principal;
  }

  /**
   * Whether the caller was not authenticated.
   *
   * @return true if it has no name
   */
  public boolean isAnonymous() {
    return principal.isEmpty();
  }
}
