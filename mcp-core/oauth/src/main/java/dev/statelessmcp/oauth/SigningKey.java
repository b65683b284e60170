package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A public key of an issuer, for signatures. Immutable.
 *
 * <p>The members of the key are read here, because the reader of the cryptography library loads
 * another JSON library. // cold start
 */
final class SigningKey {
  /** RFC 7518 3.3: "A key of size 2048 bits or larger MUST be used". */
  private static final int MIN_RSA_BITS = 2048;

  private static final int MAX_RSA_BITS = 16384;

  private final @Nullable String id;
  private final @Nullable String algorithm; // the algorithm of the key; null for all of its type
  private final @Nullable RSAPublicKey rsa;
  private final @Nullable ECKey ec;
  private final @Nullable PublicKey ed25519;

  private SigningKey(
      @Nullable String id,
      @Nullable String algorithm,
      @Nullable RSAPublicKey rsa,
      @Nullable ECKey ec,
      @Nullable PublicKey ed25519) {
    this.id = id;
    this.algorithm = algorithm;
    this.rsa = rsa;
    this.ec = ec;
    this.ed25519 = ed25519;
  }

  /**
   * Reads a JWK.
   *
   * @return null if it is not for signatures, or of a type that is not supported
   * @throws IllegalArgumentException if it is malformed or too weak
   * @see <a href="https://www.rfc-editor.org/rfc/rfc7517#section-4">JWK format</a>
   */
  static @Nullable SigningKey of(JsonNode jwk) {
    String use = jwk.path("use").textValue();
    if ((use != null && !use.equals("sig")) || !mayVerify(jwk.path("key_ops"))) {
      return null;
    }
    String id = jwk.path("kid").textValue();
    String algorithm = jwk.path("alg").textValue();
    switch (jwk.path("kty").asText()) {
      case "RSA" -> {
        return new SigningKey(id, algorithm, rsa(jwk), null, null);
      }
      case "EC" -> {
        Curve curve = curve(jwk.path("crv").asText());
        return curve == null ? null : new SigningKey(id, algorithm, null, ec(curve, jwk), null);
      }
      case "OKP" -> {
        return jwk.path("crv").asText().equals("Ed25519")
            ? new SigningKey(id, algorithm, null, null, Ed25519.key(number(jwk, "x")))
            : null;
      }
      default -> {
        return null;
      }
    }
  }

  private static boolean mayVerify(JsonNode operations) {
    if (!operations.isArray()) {
      return true;
    }
    for (JsonNode operation : operations) {
      if (operation.asText().equals("verify")) {
        return true;
      }
    }
    return false;
  }

  private static RSAPublicKey rsa(JsonNode jwk) {
    BigInteger modulus = number(jwk, "n").decodeToBigInteger();
    BigInteger exponent = number(jwk, "e").decodeToBigInteger();
    if (modulus.bitLength() < MIN_RSA_BITS || modulus.bitLength() > MAX_RSA_BITS) {
      throw new IllegalArgumentException(
          "an RSA key must have from " + MIN_RSA_BITS + " to " + MAX_RSA_BITS + " bits");
    }
    if (exponent.bitLength() > 64 || exponent.compareTo(BigInteger.TWO) <= 0) {
      throw new IllegalArgumentException("the exponent of an RSA key must be from 3 to 2^64");
    }
    try {
      return (RSAPublicKey)
          KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("an RSA key cannot be used", e);
    }
  }

  private static @Nullable Curve curve(String name) {
    switch (name) {
      case "P-256" -> {
        return Curve.P_256;
      }
      case "P-384" -> {
        return Curve.P_384;
      }
      case "P-521" -> {
        return Curve.P_521;
      }
      default -> {
        return null;
      }
    }
  }

  /** Creates an EC key; the builder checks that the point is on the curve. */
  private static ECKey ec(Curve curve, JsonNode jwk) {
    try {
      return new ECKey.Builder(curve, number(jwk, "x"), number(jwk, "y")).build();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException("an EC key cannot be used", e);
    }
  }

  private static Base64URL number(JsonNode jwk, String name) {
    String text = jwk.path(name).textValue();
    if (text == null || text.isEmpty()) {
      throw new IllegalArgumentException("a key has no " + name);
    }
    return new Base64URL(text);
  }

  /** The id; null if it has none. */
  @Nullable
  String id() {
    return id;
  }

  /** Whether signatures of an algorithm can be verified with it. */
  boolean isFor(JWSAlgorithm wanted) {
    if (algorithm != null && !algorithm.equals(wanted.getName())) {
      return false;
    }
    if (rsa != null) {
      return JWSAlgorithm.Family.RSA.contains(wanted);
    }
    if (ed25519 != null) {
      return JWSAlgorithm.EdDSA.equals(wanted) || JWSAlgorithm.Ed25519.equals(wanted);
    }
    return ec != null && wanted.equals(ecAlgorithm(ec.getCurve()));
  }

  private static JWSAlgorithm ecAlgorithm(Curve curve) {
    return curve.equals(Curve.P_256)
        ? JWSAlgorithm.ES256
        : curve.equals(Curve.P_384) ? JWSAlgorithm.ES384 : JWSAlgorithm.ES512;
  }

  /**
   * Verifies a signature.
   *
   * @param wanted the algorithm, which is allowed and which the key is for
   * @param signed what is signed
   */
  boolean verify(JWSAlgorithm wanted, byte[] signed, String signature) {
    if (ed25519 != null) {
      return Ed25519.verify(ed25519, signed, new Base64URL(signature));
    }
    try {
      return verifier().verify(new JWSHeader(wanted), signed, new Base64URL(signature));
    } catch (JOSEException e) {
      return false; // a malformed signature
    }
  }

  /** Verifies an invalid signature. */
  void warmUp() {
    byte[] zeros = new byte[rsa != null ? rsa.getModulus().bitLength() / 8 : 64];
    JWSAlgorithm some = ec != null ? ecAlgorithm(ec.getCurve()) : JWSAlgorithm.RS256;
    if (verify(some, zeros, Base64URL.encode(zeros).toString())) {
      throw new IllegalStateException("a signature of zeros must not be valid");
    }
  }

  private JWSVerifier verifier() throws JOSEException {
    if (rsa != null) {
      return new RSASSAVerifier(rsa);
    }
    if (ec == null) {
      throw new IllegalStateException("a key is of one type");
    }
    return new ECDSAVerifier(ec);
  }
}
