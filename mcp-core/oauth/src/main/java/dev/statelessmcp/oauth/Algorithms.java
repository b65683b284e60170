package dev.statelessmcp.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The supported signature algorithms: only those with public keys, so that a public key is never
 * used as a shared secret; never {@code none}.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725#section-3.1">Perform Algorithm
 *     Verification</a>
 */
final class Algorithms {
  private static final JWSAlgorithm[] ALL = {
    JWSAlgorithm.RS256,
    JWSAlgorithm.RS384,
    JWSAlgorithm.RS512,
    JWSAlgorithm.PS256,
    JWSAlgorithm.PS384,
    JWSAlgorithm.PS512,
    JWSAlgorithm.ES256,
    JWSAlgorithm.ES384,
    JWSAlgorithm.ES512,
    JWSAlgorithm.EdDSA,
    JWSAlgorithm.Ed25519
  };

  private final List<String> allowed;

  private Algorithms(List<String> allowed) {
    this.allowed = allowed;
  }

  /** All of them. */
  static Algorithms all() {
    List<String> names = new ArrayList<>(ALL.length);
    for (JWSAlgorithm algorithm : ALL) {
      names.add(algorithm.getName());
    }
    return new Algorithms(names);
  }

  /**
   * Some of them.
   *
   * @throws IllegalArgumentException if one is not among them
   */
  static Algorithms of(String... names) {
    List<String> all = all().allowed;
    for (String name : names) {
      if (!all.contains(name)) {
        throw new IllegalArgumentException(
            "the algorithm must be one of " + all + ", was \"" + name + "\"");
      }
    }
    if (names.length == 0) {
      throw new IllegalArgumentException("at least one algorithm is needed, of " + all);
    }
    return new Algorithms(List.of(names));
  }

  /** The algorithm with exactly this name; null if it is not allowed. */
  @Nullable
  JWSAlgorithm find(@Nullable String name) {
    if (name != null && allowed.contains(name)) {
      for (JWSAlgorithm algorithm : ALL) {
        if (algorithm.getName().equals(name)) {
          return algorithm;
        }
      }
    }
    return null;
  }

  List<String> names() {
    return allowed;
  }
}
