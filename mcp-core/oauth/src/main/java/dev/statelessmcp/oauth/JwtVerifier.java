package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import dev.statelessmcp.call.Caller;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Verifies access tokens that are signed by an issuer. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-4">Validating JWT Access Tokens</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">JSON Web Token Best Current Practices</a>
 */
final class JwtVerifier implements TokenVerifier {
  private final List<KeySource> issuers;
  private final Algorithms algorithms;
  private final List<String> types;
  private final TokenRules rules;

  /**
   * Creates a verifier.
   *
   * @param types allowed values of {@code typ}, in lower case; an empty string allows a missing one
   */
  JwtVerifier(
      List<KeySource> issuers, Algorithms algorithms, List<String> types, TokenRules rules) {
    this.issuers = List.copyOf(issuers);
    this.algorithms = algorithms;
    this.types = types;
    this.rules = rules;
  }

  @Override
  public Caller verify(String text) throws InvalidTokenException, IOException {
    SignedToken token = SignedToken.read(text);
    if (token == null) {
      throw new InvalidTokenException("The token is not a signed JWT");
    }
    JWSAlgorithm algorithm = algorithms.find(token.header().path("alg").textValue());
    if (algorithm == null) {
      throw new InvalidTokenException("The algorithm of the token is not accepted");
    }
    if (token.header().has("crit") || token.header().has("b64")) {
      // RFC 7515 4.1.11: unknown extensions make it invalid, and none is supported.
      // RFC 7797 7: a JWT "MUST NOT" have an unencoded payload
      throw new InvalidTokenException("The token has an extension that is not supported");
    }
    String type = text(token.header(), "typ");
    if (!types.contains(type == null ? "" : type(type))) {
      throw new InvalidTokenException("The type of the token is not accepted");
    }
    KeySource issuer = issuer(token.claims().path("iss").textValue());
    if (issuer == null) {
      throw new InvalidTokenException("The issuer of the token is not accepted");
    }
    // jwk, jku and x5u of the header are never used: an attacker can choose them
    String keyId = text(token.header(), "kid");
    if (isSigned(token, algorithm, issuer.find(keyId, algorithm))
        || (keyId == null && isSigned(token, algorithm, issuer.findNewer(algorithm)))) {
      return rules.check(token.claims());
    }
    throw new InvalidTokenException("The signature of the token cannot be verified");
  }

  /** A string member of the header; a member of another type is refused, not treated as missing. */
  private static @Nullable String text(ObjectNode header, String name)
      throws InvalidTokenException {
    JsonNode value = header.get(name);
    if (value != null && !value.isTextual()) {
      throw new InvalidTokenException("The " + name + " of the token must be a string");
    }
    return value == null ? null : value.textValue();
  }

  private static boolean isSigned(
      SignedToken token, JWSAlgorithm algorithm, List<SigningKey> keys) {
    for (SigningKey key : keys) {
      if (key.verify(algorithm, token.signed(), token.signature())) {
        return true;
      }
    }
    return false;
  }

  /** The type without "application/", which RFC 7515 4.1.9 allows to omit. */
  static String type(String header) {
    String type = header.toLowerCase(Locale.ROOT);
    return type.startsWith("application/") ? type.substring("application/".length()) : type;
  }

  private @Nullable KeySource issuer(@Nullable String name) {
    for (KeySource issuer : issuers) {
      if (issuer.issuer().equals(name)) {
        return issuer;
      }
    }
    return null;
  }

  void prepare() {
    for (KeySource issuer : issuers) {
      issuer.prepare();
    }
  }
}
