package dev.statelessmcp.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JWSAlgorithm;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.HttpHeaders;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.input.StateKeys;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the client of a request has the key that its token is bound to. Thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9449#section-4.3">Checking DPoP Proofs</a>
 */
final class Dpop {
  /** The maximum age of a proof, and the maximum by which the clock of a client may be ahead. */
  private static final long WINDOW_SECONDS = 60;

  private static final long NONCE_SECONDS = 300;
  private static final byte[] NONCE = "dpop nonce".getBytes(StandardCharsets.US_ASCII);
  private static final String USE_NONCE = "use_dpop_nonce";
  private static final String INVALID_PROOF = "invalid_dpop_proof";

  private final Settings settings;
  private final String resource;
  private final Algorithms algorithms;
  private final Clock clock;

  /**
   * Requests whose proof was accepted: a server may authenticate a request twice, before and after
   * it receives the content. Guarded by its own monitor.
   */
  private final Map<HttpHeaders, Boolean> accepted = new WeakHashMap<>();

  /**
   * The settings of a user.
   *
   * @param nonces null for no nonces
   * @param store null if proofs may be reused within their time
   */
  record Settings(
      boolean required,
      @Nullable StateKeys nonces,
      @Nullable BiPredicate<String, Instant> store) {
    static final Settings DEFAULT = new Settings(false, null, null);

    Settings required(boolean newRequired) {
      return new Settings(newRequired, nonces, store);
    }

    Settings nonces(StateKeys newNonces) {
      return new Settings(required, newNonces, store);
    }

    Settings store(BiPredicate<String, Instant> newStore) {
      return new Settings(required, nonces, newStore);
    }
  }

  /** Thrown if a proof is refused. */
  static final class ProofException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;

    ProofException(String error, String description) {
      super(description, null, false, false);
      this.error = error;
    }

    String error() {
      return error;
    }
  }

  Dpop(Settings settings, URI resource, Algorithms algorithms, Clock clock) {
    this.settings = settings;
    this.resource = Urls.normalized(resource.toString());
    this.algorithms = algorithms;
    this.clock = clock;
  }

  /** Whether the token of a caller is bound to a key. */
  static boolean isBound(Caller caller) {
    return caller.claims().path("cnf").has("jkt");
  }

  /**
   * Whether the token of a caller is bound to a certificate (RFC 8705) or in another way than to a
   * key. It must be refused.
   */
  static boolean isBoundOtherwise(Caller caller) {
    JsonNode confirmation = caller.claims().path("cnf");
    return !confirmation.isMissingNode()
        && (confirmation.size() != 1 || !confirmation.path("jkt").isTextual());
  }

  boolean isRequired() {
    return settings.required();
  }

  List<String> algorithms() {
    return algorithms.names();
  }

  /** Whether an error is about a proof and not about a token. */
  boolean isOfProof(@Nullable String error) {
    return USE_NONCE.equals(error) || INVALID_PROOF.equals(error);
  }

  /** Adds a nonce for the next proof, if nonces are used. */
  HttpHeaders.Builder addNonce(HttpHeaders.Builder headers) {
    StateKeys keys = settings.nonces();
    if (keys == null) {
      return headers;
    }
    byte[] time = ByteBuffer.allocate(Long.BYTES).putLong(now()).array();
    return headers.add("DPoP-Nonce", keys.seal(time, NONCE)).add("Cache-Control", "no-store");
  }

  private long now() {
    return clock.millis() / 1000;
  }

  /**
   * Checks the proof of a request whose token is valid.
   *
   * @throws InvalidTokenException if the token is not one for this scheme
   * @throws ProofException if the proof is missing or wrong
   */
  void check(HttpRequest request, String scheme, String token, Caller caller)
      throws InvalidTokenException, ProofException {
    boolean bound = isBound(caller);
    if (scheme.equals(Credentials.BEARER)) {
      if (bound) { // 7.1: it "MUST" not be accepted as a bearer token
        throw new InvalidTokenException("The token is bound to a key; send it with DPoP");
      }
      if (settings.required()) {
        throw new InvalidTokenException("The token must be bound to a key");
      }
      return;
    }
    if (!bound) {
      throw new InvalidTokenException("The token is not bound to a key");
    }
    synchronized (accepted) {
      if (accepted.containsKey(request.headers())) {
        return;
      }
    }
    String jti = check(proof(request), request, token, caller);
    BiPredicate<String, Instant> store = settings.store();
    if (store != null) {
      Instant until = clock.instant().plusSeconds(2 * WINDOW_SECONDS);
      if (!store.test(hash(caller.claims().path("cnf").path("jkt").asText() + " " + jti), until)) {
        throw invalid("The proof has been used before");
      }
      synchronized (accepted) {
        accepted.put(request.headers(), true);
      }
    }
  }

  private static SignedToken proof(HttpRequest request) throws ProofException {
    List<String> proofs = request.headers().asMap().get("dpop");
    if (proofs == null || proofs.size() != 1) {
      throw invalid("There must be exactly one DPoP header");
    }
    SignedToken proof = SignedToken.read(proofs.get(0));
    if (proof == null) {
      throw invalid("The proof is not a signed JWT");
    }
    return proof;
  }

  /** Returns the id of the proof. */
  private String check(SignedToken proof, HttpRequest request, String token, Caller caller)
      throws ProofException {
    ObjectNode header = proof.header();
    if (!"dpop+jwt".equals(header.path("typ").textValue())) {
      throw invalid("The typ of the proof must be dpop+jwt");
    }
    if (header.has("crit")) {
      throw invalid("The header of the proof must not have crit");
    }
    JWSAlgorithm algorithm = algorithms.find(header.path("alg").textValue());
    if (algorithm == null) {
      throw invalid("The alg of the proof must be one of " + String.join(" ", algorithms.names()));
    }
    JsonNode jwk = header.path("jwk");
    if (jwk.has("d")) {
      throw invalid("The jwk of the proof must be a public key, without d");
    }
    if (!isSigned(proof, algorithm, jwk)) {
      throw invalid("The signature of the proof cannot be verified with its jwk");
    }
    ObjectNode claims = proof.claims();
    String jti = claims.path("jti").textValue();
    if (jti == null || jti.isEmpty()) {
      throw invalid("The jti of the proof must be a string that is not empty");
    }
    if (!request.method().equals(claims.path("htm").textValue())) {
      throw invalid("The htm of the proof must be " + request.method());
    }
    if (!resource.equals(Urls.normalized(claims.path("htu").asText()))) {
      throw invalid("The htu of the proof must be " + resource);
    }
    JsonNode issued = claims.path("iat");
    if (!issued.isNumber() || Math.abs(issued.asDouble() - now()) > WINDOW_SECONDS) {
      throw invalid("The iat of the proof must be a time within " + WINDOW_SECONDS
          + " seconds of the clock of this server, in seconds since 1970");
    }
    if (!hash(token).equals(claims.path("ath").textValue())) {
      throw invalid("The ath of the proof must be the SHA-256 of the token in Base64url");
    }
    if (!thumbprint(jwk).equals(caller.claims().path("cnf").path("jkt").textValue())) {
      throw invalid("The token is bound to another key");
    }
    checkNonce(claims.path("nonce").textValue());
    return jti;
  }

  private static boolean isSigned(SignedToken proof, JWSAlgorithm algorithm, JsonNode jwk) {
    try {
      SigningKey key = SigningKey.of(jwk);
      return key != null
          && key.isFor(algorithm)
          && key.verify(algorithm, proof.signed(), proof.signature());
    } catch (IllegalArgumentException e) {
      return false; // the key is malformed or too weak
    }
  }

  private void checkNonce(@Nullable String nonce) throws ProofException {
    StateKeys keys = settings.nonces();
    if (keys == null) {
      return;
    }
    byte[] opened = nonce == null ? null : keys.open(nonce, NONCE).orElse(null);
    long age = opened == null || opened.length != Long.BYTES
        ? Long.MAX_VALUE
        : now() - ByteBuffer.wrap(opened).getLong();
    if (age > NONCE_SECONDS || age < -WINDOW_SECONDS) {
      throw new ProofException(USE_NONCE, "The proof must have the nonce of this server");
    }
  }

  /** The thumbprint of a key, whose members are in the order of RFC 7638 3. */
  static String thumbprint(JsonNode jwk) {
    String type = jwk.path("kty").asText();
    String[] members = type.equals("RSA")
        ? new String[] {"e", "kty", "n"}
        : type.equals("EC")
            ? new String[] {"crv", "kty", "x", "y"}
            : new String[] {"crv", "kty", "x"}; // RFC 8037 2
    StringBuilder json = new StringBuilder("{");
    for (String member : members) {
      json.append(json.length() == 1 ? "\"" : ",\"").append(member).append("\":\"");
      json.append(jwk.path(member).asText()).append('"');
    }
    return hash(json.append('}').toString());
  }

  /** SHA-256 in Base64url, as for {@code ath} and thumbprints. */
  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static ProofException invalid(String description) {
    return new ProofException(INVALID_PROOF, description);
  }
}
