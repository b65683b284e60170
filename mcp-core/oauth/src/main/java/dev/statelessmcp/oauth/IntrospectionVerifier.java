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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Checks tokens at an authorization server. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7662">OAuth 2.0 Token Introspection</a>
 */
final class IntrospectionVerifier implements TokenVerifier {
  static final long MAX_AGE_MILLIS = 30_000;

  /** Limits the threads that wait for a slow authorization server. */
  static final int MAX_CONCURRENT = 32;

  private static final int MAX_KEPT = 1000;

  private final Introspection settings;
  private final TokenRules rules;
  private final int limitMillis;
  private final Semaphore calls = new Semaphore(MAX_CONCURRENT);
  private volatile @Nullable URI endpoint;

  /** Active tokens by their hash, oldest first. Guarded by its own monitor. */
  private final Map<String, Known> known = new LinkedHashMap<>();

  /** The claims of a token, and the time of the answer. */
  private record Known(ObjectNode claims, long at) {}

  /**
   * Creates a verifier.
   *
   * @param limitMillis the time limit of a call, including that for the metadata
   */
  IntrospectionVerifier(Introspection settings, TokenRules rules, int limitMillis) {
    this.settings = settings;
    this.rules = rules;
    this.limitMillis = limitMillis;
    this.endpoint = settings.endpoint();
  }

  @Override
  public Caller verify(String token) throws InvalidTokenException, IOException {
    String hash = hash(token);
    ObjectNode claims = kept(hash);
    if (claims == null) {
      claims = ask(token);
      keep(hash, claims); // an answer about an invalid token is not cached
    }
    if (!settings.issuer().equals(claims.path("iss").textValue())) {
      throw new InvalidTokenException("The issuer of the token is not accepted");
    }
    return rules.check(claims);
  }

  private ObjectNode ask(String token) throws InvalidTokenException, IOException {
    if (!calls.tryAcquire()) {
      throw new IOException(
          "more than " + MAX_CONCURRENT + " tokens are being introspected; try again later");
    }
    ObjectNode answer = new Call(token).answer();
    if (!answer.path("active").isBoolean()) {
      throw new IOException("the introspection by " + settings.issuer() + " has no active");
    }
    if (!answer.path("active").booleanValue()) {
      throw new InvalidTokenException("The token is not active");
    }
    if (!answer.has("iss")) {
      answer.put("iss", settings.issuer()); // so that the caller has this issuer
    }
    return answer;
  }

  /**
   * A call on a separate thread, because some calls exceed the time limit and the request must not
   * wait for them ({@link Fetcher}). The thread then still counts as one of the calls.
   */
  private final class Call implements Runnable, Callable<ObjectNode> {
    private final Fetcher fetcher = new Fetcher(limitMillis);
    private final String token;
    private final FutureTask<ObjectNode> task = new FutureTask<>(this);

    Call(String token) {
      this.token = token;
    }

    @Override
    public ObjectNode call() throws IOException {
      byte[] form = ("token=" + URLEncoder.encode(token, StandardCharsets.UTF_8)
              + "&token_type_hint=access_token")
          .getBytes(StandardCharsets.US_ASCII);
      return fetcher.json(endpoint(fetcher), form, settings.authorization());
    }

    @Override
    public void run() {
      try {
        task.run();
      } finally {
        calls.release();
      }
    }

    ObjectNode answer() throws IOException {
      boolean started = false;
      try {
        Thread thread = new Thread(this, "mcp-oauth-introspection");
        thread.setDaemon(true);
        thread.start();
        started = true;
        return task.get(limitMillis, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new IOException("the introspection by " + settings.issuer() + " did not end within "
            + limitMillis + " ms");
      } catch (ExecutionException e) {
        throw new IOException(
            "A token could not be introspected by " + settings.issuer(), e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while a token was introspected", e);
      } finally {
        if (!started) {
          calls.release();
        }
      }
    }
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
