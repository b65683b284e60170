package dev.statelessmcp.http;

import dev.statelessmcp.call.Caller;
import java.util.Objects;

/**
 * Finds out who makes a request, before its body is read. It is called from many threads.
 *
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization">Authorization</a>
 */
@FunctionalInterface
public interface Authenticator {

  /** Lets everybody in as {@link Caller#ANONYMOUS}. */
  Authenticator NONE = new NoAuthenticator();

  /**
   * Looks at the headers of a request.
   *
   * @param request the request; its body is not to be read
   * @return what was found; not null. An exception is answered with status 500.
   */
  Decision authenticate(HttpRequest request);

  /** What an authenticator found. */
  sealed interface Decision {}

  /**
   * The request may go on.
   *
   * @param caller who makes it; not null
   */
  record Accepted(Caller caller) implements Decision {

    /**
     * Checks that there is a caller.
     *
     * @param caller who makes it; not null
     * @throws NullPointerException if there is none
     */
    public Accepted {
      Objects.requireNonNull(caller, "caller");
    }
  }

  /**
   * There are no credentials, or they are not valid: status 401.
   *
   * @param challenge the {@code WWW-Authenticate} header, such as {@code Bearer
   *     resource_metadata="https://…"}; not null
   */
  record Unauthorized(String challenge) implements Decision {

    /**
     * Checks that there is a challenge, which a 401 must have (RFC 9110).
     *
     * @param challenge the {@code WWW-Authenticate} header, such as {@code Bearer
     *     resource_metadata="https://…"}; not null
     * @throws NullPointerException if there is none
     */
    public Unauthorized {
      Objects.requireNonNull(challenge, "challenge");
    }
  }

  /**
   * The caller is known and may not do this: status 403.
   *
   * @param reason a sentence for the client; not null
   * @param challenge a {@code WWW-Authenticate} header, such as {@code Bearer
   *     error="insufficient_scope", scope="…"}; null for none
   */
  record Forbidden(String reason, String challenge) implements Decision {

    /**
     * Checks that there is a reason.
     *
     * @param reason a sentence for the client; not null
     * @param challenge a {@code WWW-Authenticate} header, such as {@code Bearer
     *     error="insufficient_scope", scope="…"}; null for none
     * @throws NullPointerException if there is none
     */
    public Forbidden {
      Objects.requireNonNull(reason, "reason");
    }
  }
}
