package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.opts.AllowWeakRSAKey;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import dev.statelessmcp.json.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes tokens, good and bad ones, and the keys that sign them. */
final class Tokens {
  static final String ISSUER = "https://login.example.com/tenant";
  static final String RESOURCE = "https://api.example.com/dev/echo/mcp";

  /** When all tokens of fixtures are used: in seconds since 1970. */
  static final Instant NOW = Instant.ofEpochSecond(1_800_000_000L);

  private static final Map<String, JWK> KEYS = new ConcurrentHashMap<>();

  private Tokens() {}

  /**
   * A key by its name, which says its type, such as {@code rsa-1}, {@code ec-1}, {@code p384-1}.
   */
  static JWK key(String name) {
    return KEYS.computeIfAbsent(name, Tokens::generate);
  }

  private static JWK generate(String name) {
    try {
      return switch (name.substring(0, name.indexOf('-'))) {
        case "rsa" -> new RSAKeyGenerator(2048).keyID(name).generate();
        case "weak" -> new RSAKeyGenerator(1024, true).keyID(name).generate();
        case "ec" -> new ECKeyGenerator(Curve.P_256).keyID(name).generate();
        case "p384" -> new ECKeyGenerator(Curve.P_384).keyID(name).generate();
        case "ed" -> ed25519(name);
        case "p521" -> new ECKeyGenerator(Curve.P_521).keyID(name).generate();
        default -> throw new IllegalArgumentException("there is no type of key " + name);
      };
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  static ObjectNode jwk(String name) {
    return (ObjectNode) Json.parse(key(name).toPublicJWK().toJSONString());
  }

  static String jwks(String... names) {
    ObjectNode set = Json.object();
    for (String name : names) {
      set.withArrayProperty("keys").add(jwk(name));
    }
    return Json.text(set);
  }

  /** The claims of a valid token. */
  static ObjectNode claims() {
    ObjectNode claims = Json.object().put("iss", ISSUER).put("sub", "joe").put("aud", RESOURCE);
    claims.put("client_id", "app").put("scope", "mcp:use").put("jti", "1");
    return claims.put("iat", NOW.getEpochSecond() - 10).put("exp", NOW.getEpochSecond() + 300);
  }

  static ObjectNode header(String algorithm, String keyId) {
    return Json.object().put("alg", algorithm).put("kid", keyId).put("typ", "at+jwt");
  }

  /** A valid token. */
  static String valid() {
    return sign(header("RS256", "rsa-1"), claims(), "rsa-1");
  }

  /** Signs with a key, whatever the header says; {@code none} does not sign. */
  static String sign(ObjectNode header, ObjectNode claims, String keyName) {
    String input = encode(Json.write(header)) + "." + encode(Json.write(claims));
    return input + "." + signature(header.path("alg").asText(), input, keyName);
  }

  private static String signature(String algorithm, String input, String keyName) {
    if (keyName.equals("none")) {
      return "";
    }
    if (keyName.startsWith("ed-")
        && key(keyName) instanceof OctetKeyPair pair
        && !algorithm.startsWith("HS")) {
      return encode(ed25519(pair, input.getBytes(StandardCharsets.US_ASCII)));
    }
    try {
      JWSAlgorithm by = JWSAlgorithm.parse(algorithm);
      JWSSigner signer;
      if (JWSAlgorithm.Family.HMAC_SHA.contains(by)) {
        signer = new MACSigner(secret(keyName));
      } else if (key(keyName) instanceof RSAKey rsa) {
        by = JWSAlgorithm.Family.RSA.contains(by) ? by : JWSAlgorithm.RS256;
        signer = new RSASSASigner(rsa.toPrivateKey(), Set.of(AllowWeakRSAKey.getInstance()));
      } else {
        ECKey ec = (ECKey) key(keyName);
        signer = new ECDSASigner(ec);
        by = signer.supportedJWSAlgorithms().iterator().next();
      }
      return signer
          .sign(new JWSHeader(by), input.getBytes(StandardCharsets.US_ASCII))
          .toString();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JWK ed25519(String name) {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      byte[] key = pair.getPublic().getEncoded(); // ends with the 32 bytes of the point
      Base64URL x = Base64URL.encode(Arrays.copyOfRange(key, key.length - 32, key.length));
      byte[] secret = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      return new OctetKeyPair.Builder(Curve.Ed25519, x)
          .d(Base64URL.encode(secret))
          .keyID(name)
          .build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ed25519(OctetKeyPair pair, byte[] input) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(KeyFactory.getInstance("Ed25519")
          .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, pair.getDecodedD())));
      signature.update(input);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What an attacker takes for a shared secret: the public key, in the forms it is known in. */
  private static byte[] secret(String keyName) throws JOSEException {
    if (keyName.startsWith("pem:")) {
      RSAKey rsa = (RSAKey) key(keyName.substring(4));
      String pem = "-----BEGIN PUBLIC KEY-----\n"
          + Base64.getMimeEncoder(64, new byte[] {'\n'})
              .encodeToString(rsa.toRSAPublicKey().getEncoded())
          + "\n-----END PUBLIC KEY-----\n";
      return pem.getBytes(StandardCharsets.US_ASCII);
    }
    if (key(keyName) instanceof OctetKeyPair pair) {
      return pair.getDecodedX();
    }
    return key(keyName) instanceof RSAKey rsa
        ? rsa.toRSAPublicKey().getEncoded()
        : ((ECKey) key(keyName)).toECPublicKey().getEncoded();
  }

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
