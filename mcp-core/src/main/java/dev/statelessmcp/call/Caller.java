package dev.statelessmcp.call;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import java.util.Objects;
import java.util.Set;

/**
 * Who makes a request, as an authenticator or a gateway has established it. Not to be confused with
 * the <em>client</em>, whose name is self-reported. Immutable as long as the claims are left alone.
 *
 * @param principal the name of the user or service; empty for an anonymous caller, never null
 * @param scopes what it may do; not null
 * @param claims whatever else is known of it; not null, not to be changed
 */
public record Caller(String principal, Set<String> scopes, ObjectNode claims) {

  /** A caller of whom nothing is known. */
  public static final Caller ANONYMOUS = new Caller("", Set.of(), Json.object());

  /**
   * Checks that nothing is null, and keeps a copy of the scopes.
   *
   * @param principal the name of the user or service; empty for an anonymous caller, never null
   * @param scopes what it may do; not null
   * @param claims whatever else is known of it; not null, not to be changed
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
   * @param scopes what it may do
   * @return the caller
   */
  public static Caller of(String principal, String... scopes) {
    return new Caller(principal, Set.of(scopes), Json.object());
  }

  /**
   * Whether nothing is known of the caller.
   *
   * @return true if it has no name
   */
  public boolean isAnonymous() {
    return principal.isEmpty();
  }
}
