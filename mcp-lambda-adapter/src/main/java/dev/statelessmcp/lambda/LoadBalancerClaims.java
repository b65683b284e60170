package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.logging.LogLevel;
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
 * What an Application Load Balancer says of a user whom it has authenticated: a token that it signs
 * by ES256, with a key that it publishes. Safe from any number of threads.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/listener-authenticate-users.html#user-claims-encoding">User
 *     claims encoding and signature verification</a>
 */
final class LoadBalancerClaims {
  private static final String TOKEN = "x-amzn-oidc-data";
  private static final String IDENTITY = "x-amzn-oidc-identity";
  private static final JsonLimits LIMITS = new JsonLimits(64 << 10, 32, 64 << 10);
  private static final int TIMEOUT_MS = 2000;

  /** Load balancers change their key now and then; more than a few at once are none of theirs. */
  private static final int MAX_KEYS = 16;

  /** They are UUIDs. */
  private static final int MAX_KEY_ID = 64;

  private final String arn;
  private final KeySource source;
  private final Map<String, PublicKey> keys = new ConcurrentHashMap<>();

  /** Where the public key of an id is. */
  @FunctionalInterface
  interface KeySource {
    /** The key in PEM. */
    String pem(String keyId) throws IOException;
  }

  LoadBalancerClaims(String arn, KeySource source) {
    this.arn = arn;
    this.source = source;
  }

  static LoadBalancerClaims of(String arn) {
    String[] parts = arn.split(":", -1);
    boolean right = parts.length == 6
        && parts[0].equals("arn")
        && parts[2].equals("elasticloadbalancing")
        && !parts[3].isEmpty()
        && parts[5].startsWith("loadbalancer/app/");
    if (!right) {
      throw new IllegalArgumentException(
          "\"" + arn + "\" is no ARN of an Application Load Balancer");
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

  /** The user of a request; anonymous if the load balancer did not authenticate one. */
  Caller caller(HttpHeaders headers, InvocationLog log) {
    String token = headers.get(TOKEN);
    if (token == null) {
      return Caller.ANONYMOUS;
    }
    try {
      Caller caller = Callers.ofClaims(verified(token), Json.array());
      String identity = headers.get(IDENTITY);
      if (!caller.isAnonymous() && (identity == null || identity.equals(caller.principal()))) {
        return caller;
      }
      log.write(LogLevel.WARN, TOKEN + " names another user than " + IDENTITY);
    } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
      log.write(LogLevel.WARN, TOKEN + " is not believed: " + e.getMessage());
    }
    return Caller.ANONYMOUS;
  }

  private JsonNode verified(String token) throws GeneralSecurityException, IOException {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("it is no signed token");
    }
    JsonNode header = json(parts[0]);
    if (!header.path("alg").asText().equals("ES256")
        || !header.path("signer").asText().equals(arn)) {
      throw new IllegalArgumentException("another signer made it");
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
      throw new IllegalArgumentException("its key has no proper id");
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

  /** It becomes part of a URL, and of a line in the log, before anything is verified. */
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
      throw new IllegalArgumentException("it is not readable", e);
    }
  }

  /** The load balancer pads its Base64, against the standard. */
  private static byte[] decoded(String part) {
    int end = part.length();
    while (end > 0 && part.charAt(end - 1) == '=') {
      end--;
    }
    return Base64.getUrlDecoder().decode(part.substring(0, end));
  }
}
