package dev.statelessmcp.oauth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a resource server from environment variables. */
final class OAuthEnvironment {
  private static final String PREFIX = "MCP_OAUTH_";

  /** All of them, so that a misspelt one does not go unnoticed. */
  private static final List<String> NAMES = List.of(
      "RESOURCE",
      "ISSUER",
      "JWKS_URI",
      "JWKS",
      "CLIENT_ID",
      "CLIENT_SECRET",
      "INTROSPECTION_URI",
      "SCOPES",
      "SUPPORTED_SCOPES",
      "AUDIENCES",
      "CLIENTS",
      "METADATA_URL",
      "DPOP");

  private final Map<String, String> environment;

  OAuthEnvironment(Map<String, String> environment) {
    this.environment = environment;
  }

  ResourceServer resourceServer() {
    for (String name : environment.keySet()) {
      if (name.startsWith(PREFIX) && !NAMES.contains(name.substring(PREFIX.length()))) {
        throw new IllegalArgumentException(name + " is not known; known are " + PREFIX + NAMES);
      }
    }
    String url = value("RESOURCE");
    if (url == null) {
      url = environment.get("MCP_PUBLIC_URL");
    }
    if (url == null || url.isBlank()) {
      throw new IllegalArgumentException(
          "MCP_OAUTH_RESOURCE must be the public URL of the endpoint, or MCP_PUBLIC_URL");
    }
    ResourceServerBuilder builder;
    try {
      builder = ResourceServer.builder(url.strip())
          .requiredScopes(list("SCOPES"))
          .supportedScopes(list("SUPPORTED_SCOPES"))
          .audiences(list("AUDIENCES"))
          .clientsWithoutAudience(list("CLIENTS"))
          .metadataUrl(value("METADATA_URL"));
      addIssuers(builder);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("MCP_OAUTH_*: " + e.getMessage(), e);
    }
    String dpop = value("DPOP");
    if (dpop != null) {
      if (!dpop.equals("supported") && !dpop.equals("required")) {
        throw new IllegalArgumentException(
            "MCP_OAUTH_DPOP must be supported or required, was " + dpop);
      }
      builder.dpop(dpop.equals("required"));
    }
    return builder.build();
  }

  private void addIssuers(ResourceServerBuilder builder) {
    String[] issuers = list("ISSUER");
    if (issuers.length == 0) {
      throw new IllegalArgumentException("MCP_OAUTH_ISSUER must be the issuer of tokens");
    }
    String clientId = value("CLIENT_ID");
    String secret = value("CLIENT_SECRET");
    String introspection = value("INTROSPECTION_URI");
    String jwksUri = value("JWKS_URI");
    String jwks = value("JWKS");
    boolean introspects = clientId != null || secret != null || introspection != null;
    int ways = (introspects ? 1 : 0) + (jwksUri != null ? 1 : 0) + (jwks != null ? 1 : 0);
    if (ways > 1 || (ways == 1 && issuers.length > 1)) {
      throw new IllegalArgumentException(
          "MCP_OAUTH_JWKS_URI, MCP_OAUTH_JWKS and MCP_OAUTH_CLIENT_ID"
              + " exclude each other, and are for one issuer");
    }
    if (introspects) {
      if (clientId == null || secret == null) {
        throw new IllegalArgumentException(
            "MCP_OAUTH_CLIENT_ID and MCP_OAUTH_CLIENT_SECRET must both be set");
      }
      builder.introspection(issuers[0], introspection, clientId, secret);
    } else if (jwksUri != null) {
      builder.issuer(issuers[0], jwksUri);
    } else if (jwks != null) {
      builder.keys(issuers[0], jwks);
    } else {
      for (String issuer : issuers) {
        builder.issuer(issuer);
      }
    }
  }

  private String[] list(String name) {
    String value = value(name);
    return value == null ? new String[0] : value.split("\\s+", -1);
  }

  private @Nullable String value(String name) {
    String value = environment.get(PREFIX + name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
