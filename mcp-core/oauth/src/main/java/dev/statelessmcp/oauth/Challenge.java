package dev.statelessmcp.oauth;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code WWW-Authenticate} headers. Not thread-safe.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6750#section-3">The WWW-Authenticate Response
 *     Header Field</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9728#section-5">Use of WWW-Authenticate for
 *     Protected Resource Metadata</a>
 */
final class Challenge {
  private final StringBuilder text;
  private boolean begun;

  Challenge(String scheme) {
    text = new StringBuilder(scheme);
  }

  /** Adds a parameter; null and an empty value add nothing. */
  Challenge with(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      text.append(begun ? ", " : " ").append(name).append("=\"");
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        // RFC 6750 3: without " and \, so that nothing has to be escaped
        text.append(c < ' ' || c > '~' || c == '"' || c == '\\' ? '\'' : c);
      }
      text.append('"');
      begun = true;
    }
    return this;
  }

  Challenge with(String name, List<String> values) {
    return with(name, String.join(" ", values));
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
