package dev.statelessmcp.oauth;

import dev.statelessmcp.call.Caller;
import java.io.IOException;

/**
 * Verifies access tokens in a way of your own. Implementations are safe from any number of threads.
 */
@FunctionalInterface
public interface TokenVerifier {

  /**
   * Verifies a token. What it accepts must have been issued for this server: nothing else checks
   * the audience.
   *
   * @param token the token, as the client sent it; not null. It must not be logged, nor passed on
   *     to other services
   * @return the caller; not null. Its claims should have {@code iss}, {@code client_id} and
   *     {@code exp}
   * @throws InvalidTokenException if the token is not valid; the client is answered with status 401
   * @throws IOException if the token cannot be checked now; the client is answered with status 503
   * @see <a
   *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#token-handling">Token
   *     Handling</a>
   */
  Caller verify(String token) throws InvalidTokenException, IOException;
}
