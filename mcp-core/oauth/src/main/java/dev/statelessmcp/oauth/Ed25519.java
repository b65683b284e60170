package dev.statelessmcp.oauth;

import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/**
 * Verifies Ed25519 signatures with the JDK, because the verifier of nimbus-jose-jwt needs another
 * library. A separate class, so that it is loaded only for Ed25519 keys.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8037">CFRG Elliptic Curve Signatures in JOSE</a>
 */
final class Ed25519 {
  private static final String NAME = "Ed25519";
  private static final int BYTES = 32;

  private Ed25519() {}

  /**
   * Reads a key.
   *
   * @param x the member {@code x} of a JWK
   * @throws IllegalArgumentException if it is not one
   */
  static PublicKey key(Base64URL x) {
    byte[] little = x.decode();
    if (little.length != BYTES) {
      throw new IllegalArgumentException("the x of an Ed25519 key must have 32 bytes");
    }
    byte[] big = new byte[BYTES]; // RFC 8032 5.1.2: little-endian, with a bit of the other number
    for (int i = 0; i < BYTES; i++) {
      big[i] = little[BYTES - 1 - i];
    }
    boolean odd = big[0] < 0;
    big[0] &= 0x7f;
    try {
      PublicKey key = KeyFactory.getInstance(NAME)
          .generatePublic(new EdECPublicKeySpec(
              NamedParameterSpec.ED25519, new EdECPoint(odd, new BigInteger(1, big))));
      Signature.getInstance(NAME).initVerify(key); // fails unless the point is on the curve
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("an Ed25519 key cannot be used", e);
    }
  }

  static boolean verify(PublicKey key, byte[] signed, Base64URL signature) {
    try {
      Signature verifier = Signature.getInstance(NAME);
      verifier.initVerify(key);
      verifier.update(signed);
      return verifier.verify(signature.decode());
    } catch (GeneralSecurityException e) {
      return false; // a malformed signature
    }
  }
}
