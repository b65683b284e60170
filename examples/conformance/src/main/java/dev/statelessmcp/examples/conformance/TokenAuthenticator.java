package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpRequest;
import java.util.List;

/** Knows each caller by its bearer token: {@code principal-1} by the first one, and so on. */
final class TokenAuthenticator implements Authenticator {
  private static final String SCHEME = "Bearer ";

  private final List<String> tokens;

  private TokenAuthenticator(List<String> tokens) {
    this.tokens = tokens;
  }

  /** Without tokens every caller is accepted, as anonymous. */
  static Authenticator of(List<String> tokens) {
    return tokens.isEmpty() ? Authenticator.NONE : new TokenAuthenticator(tokens);
  }

  @Override
  public Decision authenticate(HttpRequest request) {
    String credentials = request.headers().get("Authorization").orElse(null);
    if (credentials != null && credentials.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      int known = tokens.indexOf(credentials.substring(SCHEME.length()).strip());
      if (known >= 0) {
        return Authenticator.accepted(Caller.of("principal-" + (known + 1)));
      }
    }
    return Authenticator.unauthorized("Bearer");
  }
}
