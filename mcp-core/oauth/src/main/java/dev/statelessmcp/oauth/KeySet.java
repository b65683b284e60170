package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys that an issuer has published. Immutable. */
final class KeySet {
  /** The maximum number of keys that are tried for a token without a key id. */
  private static final int MAX_TRIED = 8;

  private final List<SigningKey> keys;

  private KeySet(List<SigningKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads a JWK set. Malformed keys and keys of unknown types are ignored, as RFC 7517 5 defines.
   *
   * @throws IllegalArgumentException if it is not a JWK set, or has no key for signatures
   */
  static KeySet of(ObjectNode jwks) {
    JsonNode array = jwks.path("keys");
    if (!array.isArray()) {
      throw new IllegalArgumentException("a JWK set must have an array keys");
    }
    List<SigningKey> keys = new ArrayList<>();
    String why = "there is none";
    for (JsonNode each : array) {
      try {
        SigningKey key = SigningKey.of(each);
        if (key != null) {
          keys.add(key);
        }
      } catch (IllegalArgumentException e) {
        why = String.valueOf(e.getMessage());
      }
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("the JWK set has no usable key for signatures: " + why);
    }
    return new KeySet(List.copyOf(keys));
  }

  /**
   * The keys that may have created a signature.
   *
   * @param id the key id of the token; null if it has none
   */
  List<SigningKey> find(@Nullable String id, JWSAlgorithm algorithm) {
    List<SigningKey> found = new ArrayList<>();
    for (SigningKey key : keys) {
      if ((id == null || id.equals(key.id())) && key.isFor(algorithm) && found.size() < MAX_TRIED) {
        found.add(key);
      }
    }
    return found;
  }

  /** Verifies a signature, which is slow the first time. */
  // cold start
  void warmUp() {
    keys.get(0).warmUp();
  }

  /** Whether there is a key with that id, of any type. */
  boolean has(String id) {
    for (SigningKey key : keys) {
      if (id.equals(key.id())) {
        return true;
      }
    }
    return false;
  }
}
