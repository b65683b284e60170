package dev.statelessmcp.oauth;

import dev.statelessmcp.call.Caller;
import java.io.IOException;

/** A custom verifier of access tokens. Implementations must be thread-safe. */
@FunctionalInterface
public interface TokenVerifier {

  /**
   * Verifies a token. It must check that the token was issued for this server, because the audience
   * is not checked otherwise.
   *
   * @param token the token, as the client sent it; not null. Do not log it or pass it on to other
   *     services
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
