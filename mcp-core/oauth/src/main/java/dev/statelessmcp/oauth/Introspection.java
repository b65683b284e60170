package dev.statelessmcp.oauth;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The settings of introspection: the authorization server, and the credentials of this server.
 *
 * @param endpoint the introspection endpoint; null to use that in the issuer's metadata
 * @param authorization the value of the {@code Authorization} header
 */
record Introspection(String issuer, @Nullable URI endpoint, String authorization) {

  Introspection(String issuer, @Nullable URI endpoint, String clientId, String clientSecret) {
    this(issuer, endpoint, basic(clientId, clientSecret));
  }

  /** RFC 6749 2.3.1: both are encoded as in a form. */
  private static String basic(String clientId, String clientSecret) {
    String both = encoded(clientId) + ":" + encoded(clientSecret);
    return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Without the credentials. */
  @Override
  public String toString() {
    return "introspection by " + issuer;
  }
}
