package dev.statelessmcp.oauth;

import com.nimbusds.jose.JWSAlgorithm;
import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.transport.FailureLog;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keys of one issuer: fixed, or fetched and cached. Fetched keys are used until newer ones are
 * fetched, even if the issuer is down for long. Thread-safe.
 *
 * <p>One fetch runs at a time, on a separate thread. Only a limited number of requests that cannot
 * be checked without it wait for it, for a limited time.
 */
final class KeySource {
  /**
   * The minimum interval of fetches, so that tokens cannot make this server overload its issuer.
   */
  static final long MIN_INTERVAL_MILLIS = 10_000;

  /** The age after which keys are fetched again, while the known ones are used. */
  static final long MAX_AGE_MILLIS = 600_000;

  private static final int MAX_WAITING = 16;

  private final String issuer;
  private final @Nullable URI fixedUri; // null to use that in the issuer's metadata
  private final Clock clock;
  private final int limitMillis;
  private final Semaphore waiting = new Semaphore(MAX_WAITING);

  private volatile @Nullable KeySet keys;

  // Guarded by this
  private @Nullable Fetch current;
  private long fetchedAt;
  private long attemptedAt = Long.MIN_VALUE;
  private @Nullable URI discovered;
  private boolean fixed;

  /** The outcome of the last fetch; null if it succeeded or there was none. */
  private volatile @Nullable IOException failure;

  private KeySource(String issuer, @Nullable URI uri, Clock clock, int limitMillis) {
    this.issuer = issuer;
    this.fixedUri = uri;
    this.clock = clock;
    this.limitMillis = limitMillis;
  }

  /** Creates a source of fixed keys. */
  static KeySource fixed(String issuer, KeySet keys) {
    KeySource source = new KeySource(issuer, null, Clock.systemUTC(), 0);
    source.keys = keys;
    source.fixed = true;
    return source;
  }

  /**
   * Creates a source of keys that are fetched.
   *
   * @param uri the URL of the JWK set; null to use that in the issuer's metadata
   * @param limitMillis the time limit of a fetch, including that of the metadata
   */
  static KeySource fetched(String issuer, @Nullable URI uri, Clock clock, int limitMillis) {
    return new KeySource(issuer, uri, clock, limitMillis);
  }

  String issuer() {
    return issuer;
  }

  /** One fetch. */
  private final class Fetch implements Runnable {
    private final CountDownLatch end = new CountDownLatch(1);

    @Override
    public void run() {
      try {
        Fetcher fetcher = new Fetcher(limitMillis);
        succeeded(KeySet.of(fetcher.json(uri(fetcher), null, null)));
      } catch (IOException e) {
        failed(e);
      } catch (RuntimeException e) {
        failed(new IOException(e.getMessage(), e));
      } finally {
        ended(this);
        end.countDown();
      }
    }
  }

  private URI uri(Fetcher fetcher) throws IOException {
    if (fixedUri != null) {
      return fixedUri;
    }
    synchronized (this) {
      if (discovered != null) {
        return discovered;
      }
    }
    URI found = IssuerMetadata.url(IssuerMetadata.fetch(issuer, fetcher), "jwks_uri");
    synchronized (this) {
      discovered = found;
    }
    return found;
  }

  private synchronized void succeeded(KeySet newKeys) {
    keys = newKeys;
    fetchedAt = clock.millis();
    failure = null;
  }

  private void failed(IOException why) {
    synchronized (this) {
      failure = why;
      discovered = null; // it may have moved
    }
    FailureLog.log(Attributes.NONE, "The keys of issuer " + issuer + " could not be fetched", why);
  }

  private synchronized void ended(Fetch fetch) {
    if (current == fetch) {
      current = null;
    }
  }

  /**
   * The keys that may have created a signature. May block while keys are fetched.
   *
   * @param id the key id of the token; null if it has none
   * @return empty if the issuer has no matching key
   * @throws IOException if the keys are not available now
   */
  List<SigningKey> find(@Nullable String id, JWSAlgorithm algorithm) throws IOException {
    KeySet known = keys;
    if (known != null && (id == null || known.has(id))) {
      refreshIfOld();
      return known.find(id, algorithm);
    }
    Fetch fetch = begin(0);
    if (fetch != null) {
      await(fetch);
    }
    known = keys;
    if (known != null) {
      List<SigningKey> found = known.find(id, algorithm);
      if (!found.isEmpty() || failure == null) {
        return found;
      }
    }
    throw new IOException("the keys of issuer " + issuer + " are not available", failure);
  }

  /**
   * Fetches newer keys, for a token without a key id that no known key has signed. May block while
   * keys are fetched.
   *
   * @return empty if there are none, or the known keys were fetched recently
   * @throws IOException if they are not available now
   */
  List<SigningKey> findNewer(JWSAlgorithm algorithm) throws IOException {
    Fetch fetch = begin(0);
    if (fetch == null) {
      return List.of();
    }
    await(fetch);
    KeySet known = keys;
    return known == null ? List.of() : known.find(null, algorithm);
  }

  private void refreshIfOld() {
    if (!fixed) {
      begin(MAX_AGE_MILLIS);
    }
  }

  /** Fetches missing or outdated keys, and waits for them. Does not throw. */
  void prepare() {
    Fetch fetch = begin(MIN_INTERVAL_MILLIS);
    if (fetch != null) {
      try {
        await(fetch);
      } catch (IOException e) {
        // The failure has been logged, and the first request tries again
      }
    }
    KeySet known = keys;
    if (known != null) {
      known.warmUp();
    }
  }

  /**
   * Begins a fetch, unless there was one recently.
   *
   * @param age the minimum age of the known keys, in milliseconds
   * @return the running fetch; null if there is none
   */
  private synchronized @Nullable Fetch begin(long age) {
    if (fixed) {
      return null;
    }
    Fetch running = current;
    if (running != null) {
      return running;
    }
    long now = clock.millis();
    // Also if the clock was set back, as after the restore of a snapshot
    boolean tooEarly = attemptedAt != Long.MIN_VALUE
        && now >= attemptedAt
        && now - attemptedAt < MIN_INTERVAL_MILLIS;
    boolean young = keys != null && now >= fetchedAt && now - fetchedAt < age;
    if (tooEarly || young) {
      return null;
    }
    attemptedAt = now;
    Fetch fetch = new Fetch();
    Thread thread = new Thread(fetch, "mcp-oauth-keys");
    thread.setDaemon(true);
    thread.start();
    current = fetch; // only now, because the thread may fail to start
    return fetch;
  }

  private void await(Fetch fetch) throws IOException {
    if (!waiting.tryAcquire()) {
      throw new IOException("too many requests are waiting for the keys of issuer " + issuer);
    }
    try {
      if (!fetch.end.await(limitMillis, TimeUnit.MILLISECONDS)) {
        throw new IOException(
            "the keys of issuer " + issuer + " were not fetched within " + limitMillis + " ms");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for keys", e);
    } finally {
      waiting.release();
    }
  }
}
