package dev.statelessmcp.http;

import dev.statelessmcp.call.Caller;

/** Asks nobody who they are. */
final class NoAuthenticator implements Authenticator {

  @Override
  public Decision authenticate(HttpRequest request) {
    return Authenticator.accepted(Caller.ANONYMOUS);
  }
}
