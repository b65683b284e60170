package dev.statelessmcp.oauth;

import dev.statelessmcp.http.HttpHeaders;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The credentials in the {@code Authorization} header of a request. The query string is never used.
 *
 * @param scheme {@code Bearer} or {@code DPoP}; null if there are no credentials of these schemes
 * @param token the token; null if it is malformed
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-2.1">Authorization Request Header
 *     Field</a>
 */
record Credentials(@Nullable String scheme, @Nullable String token) {
  static final String BEARER = "Bearer";
  static final String DPOP = "DPoP";

  /** Longer than the header fields that servers accept; limits the work for a token. */
  private static final int MAX_TOKEN = 16 << 10;

  private static final Credentials NONE = new Credentials(null, null);

  /**
   * Reads the credentials.
   *
   * @param dpop whether the scheme DPoP is supported
   */
  static Credentials of(HttpHeaders headers, boolean dpop) {
    List<String> values = headers.asMap().get("authorization");
    if (values == null) {
      return NONE;
    }
    if (values.size() > 1) {
      return new Credentials(BEARER, null); // "Clients MUST NOT use more than one method"
    }
    String value = values.get(0);
    int blank = value.indexOf(' ');
    String scheme = blank < 0 ? value : value.substring(0, blank);
    String known;
    if (scheme.equalsIgnoreCase(BEARER)) {
      known = BEARER;
    } else if (dpop && scheme.equalsIgnoreCase(DPOP)) {
      known = DPOP;
    } else {
      return NONE;
    }
    String token = blank < 0 ? "" : value.substring(blank).strip();
    return new Credentials(known, isToken(token) ? token : null);
  }

  /**
   * RFC 6750 2.1: {@code b64token = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="}.
   */
  private static boolean isToken(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '=') {
      end--;
    }
    boolean good = end > 0 && text.length() <= MAX_TOKEN;
    for (int i = 0; good && i < end; i++) {
      char c = text.charAt(i);
      good = (c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-._~+/".indexOf(c) >= 0;
    }
    return good;
  }
}
