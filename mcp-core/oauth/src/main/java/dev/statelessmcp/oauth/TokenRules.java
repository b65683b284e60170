package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import java.time.Clock;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Checks the claims of a signed or introspected token, and creates its caller. Immutable.
 *
 * @param audiences the resources that a token may be for, in their canonical form
 * @param clients the clients whose tokens need no audience
 * @param leewaySeconds the allowed clock difference
 * @param needsExpiry true to refuse a token without {@code exp}
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-4">Validating JWT Access Tokens</a>
 */
record TokenRules(
    Set<String> audiences,
    Set<String> clients,
    long leewaySeconds,
    boolean needsExpiry,
    Clock clock) {

  /**
   * Checks claims.
   *
   * @throws InvalidTokenException if one is missing or wrong
   */
  Caller check(ObjectNode claims) throws InvalidTokenException {
    long now = clock.millis() / 1000;
    if ((needsExpiry || claims.has("exp")) && now - leewaySeconds >= seconds(claims, "exp")) {
      throw new InvalidTokenException("The token has expired");
    }
    if (claims.has("nbf") && seconds(claims, "nbf") > now + leewaySeconds) {
      throw new InvalidTokenException("The token is not valid yet");
    }
    checkUse(claims);
    checkAudience(claims);
    String subject = subject(claims);
    Set<String> scopes = new HashSet<>();
    add(scopes, claims.path("scope"));
    add(scopes, claims.path("scp"));
    return new Caller(subject, scopes, claims);
  }

  private static long seconds(ObjectNode claims, String name) throws InvalidTokenException {
    JsonNode value = claims.path(name);
    double seconds = value.asDouble();
    if (!value.isNumber() || !(seconds >= 0 && seconds < 1e15)) {
      throw new InvalidTokenException(
          value.isMissingNode()
              ? "The token has no " + name
              : "The " + name + " of the token must be in seconds since 1970");
    }
    return (long) seconds;
  }

  /**
   * Checks that the token is an access token. Cognito and Keycloak have the kind of a token in a
   * claim, and the same header for all; an introspected token may be a refresh token, for which RFC
   * 7662 2.2 has no member.
   */
  private static void checkUse(ObjectNode claims) throws InvalidTokenException {
    String use = claims.path("token_use").textValue();
    String type = claims.path("typ").textValue();
    String kind = claims.path("token_type").asText("").toLowerCase(Locale.ROOT);
    boolean refresh = kind.startsWith("refresh") || kind.equals("id_token");
    boolean other = type != null
        && !type.equalsIgnoreCase("Bearer")
        && !type.equalsIgnoreCase("DPoP")
        && !type.equalsIgnoreCase("at+jwt");
    if (other || refresh || (use != null && !use.equals("access") && !use.equals("access_token"))) {
      throw new InvalidTokenException("The token is not an access token");
    }
  }

  private void checkAudience(ObjectNode claims) throws InvalidTokenException {
    JsonNode audience = claims.path("aud");
    boolean right = isMine(audience);
    if (audience.isArray()) {
      for (JsonNode each : audience) {
        right |= isMine(each);
      }
    }
    String client = claims.path("client_id").textValue();
    if (!right && audience.isMissingNode() && client != null) {
      right = clients.contains(client);
    }
    if (!right) {
      throw new InvalidTokenException("The token is for another resource");
    }
  }

  private boolean isMine(JsonNode audience) {
    return audience.isTextual() && audiences.contains(Urls.canonical(audience.textValue()));
  }

  /**
   * The subject. RFC 9068 2.2 requires it, but tokens of machines may have none. A malformed
   * subject is refused, not treated as missing: otherwise all users of a client would be the same
   * caller.
   */
  private static String subject(ObjectNode claims) throws InvalidTokenException {
    for (String name : new String[] {"sub", "client_id", "azp"}) {
      JsonNode value = claims.get(name);
      if (value != null) {
        if (!value.isTextual() || value.textValue().isEmpty()) {
          throw new InvalidTokenException("The " + name + " of the token must be a string");
        }
        return value.textValue();
      }
    }
    throw new InvalidTokenException("The token has no sub");
  }

  private static void add(Set<String> scopes, JsonNode some) {
    if (some.isTextual()) {
      for (String scope : some.textValue().split(" ", -1)) {
        if (!scope.isEmpty()) {
          scopes.add(scope);
        }
      }
    }
    if (some.isArray()) {
      for (JsonNode each : some) {
        add(scopes, each.isTextual() ? each : each.path(""));
      }
    }
  }
}
