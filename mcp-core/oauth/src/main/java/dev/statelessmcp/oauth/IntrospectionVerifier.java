package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.call.Caller;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Has an authorization server check tokens. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">OAuth 2.0 Token Introspection</a>
 */
final class IntrospectionVerifier implements TokenVerifier {
  static final long MAX_AGE_MILLIS = 30_000;

  /** Bounds the threads that wait when the authorization server is slow. */
  static final int MAX_CONCURRENT = 32;

  private static final int MAX_KEPT = 1000;

  private final Introspection settings;
  private final TokenRules rules;
  private final Semaphore calls = new Semaphore(MAX_CONCURRENT);
  private volatile @Nullable URI endpoint;

  /** Tokens that were active, by their hash, the oldest first. Guarded by itself. */
  private final Map<String, Known> known = new LinkedHashMap<>();

  /** What was said about a token, and when. */
  private record Known(ObjectNode claims, long at) {}

  IntrospectionVerifier(Introspection settings, TokenRules rules) {
    this.settings = settings;
    this.rules = rules;
    this.endpoint = settings.endpoint();
  }

  @Override
  public Caller verify(String token) throws InvalidTokenException, IOException {
    String hash = hash(token);
    ObjectNode claims = kept(hash);
    if (claims == null) {
      claims = ask(token);
      keep(hash, claims); // an answer about an invalid token is not kept
    }
    String issuer = claims.path("iss").textValue();
    if (issuer != null && !issuer.equals(settings.issuer())) {
      throw new InvalidTokenException("The issuer of the token is not accepted");
    }
    return rules.check(claims);
  }

  private ObjectNode ask(String token) throws InvalidTokenException, IOException {
    if (!calls.tryAcquire()) {
      throw new IOException(
          "more than " + MAX_CONCURRENT + " tokens are being introspected; one must wait");
    }
    ObjectNode answer;
    try {
      Fetcher fetcher = new Fetcher();
      byte[] form = ("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)
              + "&token_type_hint=access_token")
          .getBytes(StandardCharsets.US_ASCII);
      answer = fetcher.json(endpoint(fetcher), form, settings.authorization());
    } finally {
      calls.release();
    }
    if (!answer.path("active").isBoolean()) {
      throw new IOException("the introspection by " + settings.issuer() + " has no active");
    }
    if (!answer.path("active").booleanValue()) {
      throw new InvalidTokenException("The token is not active");
    }
    if (!answer.has("iss")) {
      answer.put("iss", settings.issuer()); // so that the caller is one of this issuer
    }
    return answer;
  }

  private URI endpoint(Fetcher fetcher) throws IOException {
    URI found = endpoint;
    if (found == null) {
      found = IssuerMetadata.url(
          IssuerMetadata.fetch(settings.issuer(), fetcher), "introspection_endpoint");
      endpoint = found;
    }
    return found;
  }

  private @Nullable ObjectNode kept(String hash) {
    synchronized (known) {
      Known found = known.get(hash);
      return found != null && age(found) < MAX_AGE_MILLIS && age(found) >= 0 ? found.claims : null;
    }
  }

  private long age(Known some) {
    return rules.clock().millis() - some.at;
  }

  private void keep(String hash, ObjectNode claims) {
    synchronized (known) {
      known.remove(hash);
      known.put(hash, new Known(claims, rules.clock().millis()));
      if (known.size() > MAX_KEPT) {
        known.remove(known.keySet().iterator().next());
      }
    }
  }

  private static String hash(String token) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
