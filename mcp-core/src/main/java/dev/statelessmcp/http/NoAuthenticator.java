package dev.statelessmcp.http;

import dev.statelessmcp.call.Caller;

/** Accepts every request as anonymous. */
final class NoAuthenticator implements Authenticator {

  @Override
  public Decision authenticate(HttpRequest request) {
    return Authenticator.accepted(Caller.ANONYMOUS);
  }
}
