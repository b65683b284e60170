package dev.statelessmcp.lambda.event;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Verifies the claims of a user that an Application Load Balancer has authenticated: a token that
 * it signs with ES256, with a key that it publishes. Thread-safe.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding">User
 *     claims encoding and signature verification</a>
 */
public final class LoadBalancerClaims {
  private static final String TOKEN = "x-amzn-oidc-data";
  private static final String IDENTITY = "x-amzn-oidc-identity";
  private static final JsonLimits LIMITS = new JsonLimits(64 << 10, 32, 64 << 10);
  private static final int TIMEOUT_MS = 2000;

  /** Limits the memory. A load balancer rotates its key, and uses only a few at a time. */
  private static final int MAX_KEYS = 16;

  /** Key ids are UUIDs. */
  private static final int MAX_KEY_ID = 64;

  private final String arn;
  private final KeySource source;
  private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();

  /** Fetches public keys. */
  @FunctionalInterface
  interface KeySource {
    /** The key with an id, in PEM. */
    String pem(String keyId) throws IOException;
  }

  LoadBalancerClaims(String arn, KeySource source) {
    this.arn = arn;
    this.source = source;
  }

  /**
   * Creates a verifier for one load balancer. Keys are fetched over HTTPS when they are needed,
   * with timeouts of 2 seconds to connect and to read.
   *
   * @param arn the ARN of the load balancer; not null
   * @return the verifier
   * @throws IllegalArgumentException if it is not the ARN of an Application Load Balancer
   */
  public static LoadBalancerClaims of(String arn) {
    String[] parts = arn.split(":", -1);
    boolean right = parts.length == 6
        && parts[0].equals("arn")
        && parts[2].equals("elasticloadbalancing")
        && !parts[3].isEmpty()
        && parts[5].startsWith("loadbalancer/app/");
    if (!right) {
      throw new IllegalArgumentException(
          "the ARN must be that of an Application Load Balancer, was \"" + arn + "\"");
    }
    String region = parts[3];
    return new LoadBalancerClaims(arn, keyId -> fetch(region, keyId));
  }

  private static String fetch(String region, String keyId) throws IOException {
    URLConnection connection = URI.create(
            "https://public-keys.auth.elb." + region + ".amazonaws.com/" + keyId)
        .toURL()
        .openConnection();
    connection.setConnectTimeout(TIMEOUT_MS);
    connection.setReadTimeout(TIMEOUT_MS);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readNBytes(LIMITS.maxBytes()), StandardCharsets.US_ASCII);
    }
  }

  /**
   * The user of a request. May block while a key is fetched.
   *
   * @param headers the header fields of the request; not null
   * @return the user; anonymous if the load balancer did not authenticate one
   * @throws GeneralSecurityException if the token cannot be verified; the message says why, and has
   *     no part of the token
   */
  public Caller caller(HttpHeaders headers) throws GeneralSecurityException {
    String token = headers.get(TOKEN).orElse(null);
    if (token == null) {
      return Caller.ANONYMOUS;
    }
    Caller caller;
    try {
      caller = Callers.ofClaims(verified(token), Json.array());
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      throw new GeneralSecurityException(TOKEN + " is not accepted: " + e.getMessage(), e);
    }
    String identity = headers.get(IDENTITY).orElse(null);
    if (caller.isAnonymous() || (identity != null && !identity.equals(caller.principal()))) {
      throw new GeneralSecurityException(TOKEN + " names another user than " + IDENTITY);
    }
    return caller;
  }

  private JsonNode verified(String token) throws GeneralSecurityException, IOException {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("it is not a signed token");
    }
    JsonNode header = json(parts[0]);
    if (!header.path("alg").asText().equals("ES256")
        || !header.path("signer").asText().equals(arn)) {
      throw new IllegalArgumentException("it is from another signer");
    }
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initVerify(key(header.path("kid").asText()));
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    if (!signature.verify(decoded(parts[2]))) {
      throw new IllegalArgumentException("its signature is wrong");
    }
    JsonNode claims = json(parts[1]);
    long expires = header.path("exp").asLong(claims.path("exp").asLong());
    if (expires * 1000 < System.currentTimeMillis()) {
      throw new IllegalArgumentException("it has expired");
    }
    return claims;
  }

  private PublicKey key(String id) throws GeneralSecurityException, IOException {
    PublicKey known = keys.get(id);
    if (known != null) {
      return known;
    }
    if (!isKeyId(id)) {
      throw new IllegalArgumentException("the id of its key is not valid");
    }
    String pem = source
        .pem(id)
        .replace("-----BEGIN PUBLIC KEY-----", "")
        .replace("-----END PUBLIC KEY-----", "");
    byte[] der = Base64.getMimeDecoder().decode(pem);
    PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    if (keys.size() >= MAX_KEYS) {
      keys.clear();
    }
    keys.put(id, key);
    return key;
  }

  /**
   * Whether a key id is valid; it becomes part of a URL and of a log line before the token is
   * verified.
   */
  private static boolean isKeyId(String id) {
    boolean proper = !id.isEmpty() && id.length() <= MAX_KEY_ID;
    for (int i = 0; proper && i < id.length(); i++) {
      char c = id.charAt(i);
      proper =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    }
    return proper;
  }

  private static JsonNode json(String part) {
    try {
      return Json.read(decoded(part), LIMITS);
    } catch (JsonSyntaxException e) {
      throw new IllegalArgumentException("it cannot be read", e);
    }
  }

  /** Decodes Base64; the load balancer pads it, contrary to the standard. */
  private static byte[] decoded(String part) {
    int end = part.length();
    while (end > 0 && part.charAt(end - 1) == '=') {
      end--;
    }
    String text = part.substring(0, end);
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    if (!Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
      throw new IllegalArgumentException("it is not canonical Base64");
    }
    return bytes;
  }
}
