package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import dev.statelessmcp.json.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example of RFC 8037, and keys that are not keys. */
class Ed25519Test {
  private static final String X = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
  private static final byte[] SIGNED = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc"
      .getBytes(StandardCharsets.US_ASCII);
  private static final String SIGNATURE =
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

  private static ObjectNode jwk(String curve, String x) {
    return Json.object().put("kty", "OKP").put("crv", curve).put("x", x);
  }

  @Test
  void theExampleOfTheRfc() {
    SigningKey key = SigningKey.of(jwk("Ed25519", X));
    assertNotNull(key);
    assertTrue(key.isFor(JWSAlgorithm.EdDSA));
    assertTrue(key.isFor(JWSAlgorithm.Ed25519));
    assertTrue(key.verify(JWSAlgorithm.EdDSA, SIGNED, SIGNATURE));
    key.warmUp();
    assertEquals("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", Dpop.thumbprint(jwk("Ed25519", X)));
  }

  @Test
  void anotherSignatureIsNotValid() {
    SigningKey key = SigningKey.of(jwk("Ed25519", X));
    assertNotNull(key);
    byte[] other = SIGNED.clone();
    other[0]++;
    assertFalse(key.verify(JWSAlgorithm.EdDSA, other, SIGNATURE));
    for (String bad : new String[] {
      "",
      "AAAA",
      SIGNATURE + "AAAA",
      SIGNATURE.substring(4),
      "A" + SIGNATURE.substring(1),
      "A".repeat(86)
    }) {
      assertFalse(key.verify(JWSAlgorithm.EdDSA, SIGNED, bad), bad);
    }
  }

  @Test
  void itIsForNoOtherAlgorithm() {
    SigningKey key = SigningKey.of(jwk("Ed25519", X));
    assertNotNull(key);
    for (JWSAlgorithm other : new JWSAlgorithm[] {
      JWSAlgorithm.RS256, JWSAlgorithm.ES256, JWSAlgorithm.HS256, JWSAlgorithm.Ed448
    }) {
      assertFalse(key.isFor(other), other.getName());
    }
    SigningKey bound = SigningKey.of(jwk("Ed25519", X).put("alg", "EdDSA"));
    assertNotNull(bound);
    assertTrue(bound.isFor(JWSAlgorithm.EdDSA));
    assertFalse(bound.isFor(JWSAlgorithm.Ed25519));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ed448", "X25519", "P-256", "ed25519", ""})
  void keysOfOtherCurvesAreIgnored(String curve) {
    assertNull(SigningKey.of(jwk(curve, X)));
  }

  /** Too short, too long, and two numbers that are not those of a point. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAA",
        "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo1",
        "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "_________________________________________38"
      })
  void invalidPointsAreRefused(String x) {
    ObjectNode jwk = jwk("Ed25519", x);
    assertThrows(IllegalArgumentException.class, () -> SigningKey.of(jwk));
  }
}
