package dev.statelessmcp.http;

import dev.statelessmcp.call.Caller;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Authenticates each request, before its body is read. Implementations are safe from any number of
 * threads.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization">Authorization</a>
 */
@FunctionalInterface
public interface Authenticator {

  /** Accepts every request as {@link Caller#ANONYMOUS}. */
  Authenticator NONE = new NoAuthenticator();

  /**
   * Authenticates a request by its headers.
   *
   * @param request the request; its body must not be read
   * @return the decision; not null. An exception is answered with status 500.
   */
  Decision authenticate(HttpRequest request);

  /**
   * Accepts a request.
   *
   * @param caller who makes it; not null
   * @return the decision
   */
  static Decision accepted(Caller caller) {
    return new Decision(Objects.requireNonNull(caller, "caller"), null, null);
  }

  /**
   * Refuses a request with status 401: there are no credentials, or they are not valid.
   *
   * @param challenge the {@code WWW-Authenticate} header, which a 401 must have, such as
   *     {@code Bearer resource_metadata="https://…"}; not null
   * @return the decision
   */
  static Decision unauthorized(String challenge) {
    return new Decision(null, Objects.requireNonNull(challenge, "challenge"), null);
  }

  /**
   * Refuses a request with status 403: the caller is known and may not do this.
   *
   * @param reason a sentence for the client; not null
   * @param challenge a {@code WWW-Authenticate} header, such as {@code Bearer
   *     error="insufficient_scope", scope="…"}; null for none
   * @return the decision
   */
  static Decision forbidden(String reason, @Nullable String challenge) {
    return new Decision(null, challenge, Objects.requireNonNull(reason, "reason"));
  }

  /** The decision of an authenticator. Immutable. */
  final class Decision {
    private final @Nullable Caller caller; // null if the request is refused
    private final @Nullable String challenge;
    private final @Nullable String reason; // null unless the caller may not do this

    private Decision(@Nullable Caller caller, @Nullable String challenge, @Nullable String reason) {
      this.caller = caller;
      this.challenge = challenge;
      this.reason = reason;
    }

    /**
     * The caller of an accepted request.
     *
     * @return empty if the request is refused
     */
    public Optional<Caller> caller() {
      return Optional.ofNullable(caller);
    }

    /** The refusal; null if the request is accepted. */
    @Nullable
    HttpRefusal refusal() {
      if (caller != null) {
        return null;
      }
      HttpHeaders headers =
          HttpHeaders.builder().add("WWW-Authenticate", challenge).build();
      return reason == null
          ? new HttpRefusal(401, headers, "Unauthorized")
          : new HttpRefusal(403, headers, "Forbidden: " + reason);
    }
  }
}
