package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Web Signature in compact serialization, parsed but not verified.
 *
 * @param header the protected header
 * @param claims the payload
 * @param input the text that is signed
 * @param signature the signature, in Base64url
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7515#section-3.1">JWS Compact Serialization</a>
 */
record SignedToken(ObjectNode header, ObjectNode claims, String input, String signature) {
  private static final JsonLimits LIMITS = new JsonLimits(16 << 10, 16, 16 << 10);

  /**
   * Reads a token.
   *
   * @return null if it has another form
   */
  static @Nullable SignedToken read(String token) {
    int first = token.indexOf('.');
    int last = token.lastIndexOf('.');
    if (first <= 0 || last <= first + 1 || token.indexOf('.', first + 1) != last) {
      return null;
    }
    ObjectNode header = json(token.substring(0, first));
    ObjectNode claims = json(token.substring(first + 1, last));
    String signature = token.substring(last + 1);
    if (header == null || claims == null || decoded(signature) == null) {
      return null;
    }
    return new SignedToken(header, claims, token.substring(0, last), signature);
  }

  /** The bytes that are signed. */
  byte[] signed() {
    return input.getBytes(StandardCharsets.US_ASCII);
  }

  private static @Nullable ObjectNode json(String part) {
    byte[] bytes = decoded(part);
    try {
      return bytes != null && Json.read(bytes, LIMITS) instanceof ObjectNode object ? object : null;
    } catch (JsonSyntaxException e) {
      return null;
    }
  }

  /** Decodes Base64url without padding; accepts only the canonical form. */
  private static byte @Nullable [] decoded(String part) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(part);
      return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(part)
          ? bytes
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
