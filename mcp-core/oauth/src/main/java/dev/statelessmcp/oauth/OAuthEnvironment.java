package dev.statelessmcp.oauth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a resource server from environment variables. */
final class OAuthEnvironment {
  private static final String PREFIX = "MCP_OAUTH_";

  /** The names of all variables, to detect misspelt ones. */
  private static final List<String> NAMES = List.of(
      "MCP_OAUTH_RESOURCE",
      "MCP_OAUTH_ISSUER",
      "MCP_OAUTH_JWKS_URI",
      "MCP_OAUTH_JWKS",
      "MCP_OAUTH_CLIENT_ID",
      "MCP_OAUTH_CLIENT_SECRET",
      "MCP_OAUTH_INTROSPECTION_URI",
      "MCP_OAUTH_SCOPES",
      "MCP_OAUTH_SUPPORTED_SCOPES",
      "MCP_OAUTH_AUDIENCES",
      "MCP_OAUTH_CLIENTS",
      "MCP_OAUTH_METADATA_URL",
      "MCP_OAUTH_DPOP");

  private final Map<String, String> environment;

  OAuthEnvironment(Map<String, String> environment) {
    this.environment = environment;
  }

  ResourceServer resourceServer() {
    for (String name : environment.keySet()) {
      if (name.startsWith(PREFIX) && !NAMES.contains(name)) {
        throw new IllegalArgumentException(name + " is not known; known are " + NAMES);
      }
    }
    String url = value("MCP_OAUTH_RESOURCE");
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
          .requiredScopes(list("MCP_OAUTH_SCOPES"))
          .supportedScopes(list("MCP_OAUTH_SUPPORTED_SCOPES"))
          .audiences(list("MCP_OAUTH_AUDIENCES"))
          .clientsWithoutAudience(list("MCP_OAUTH_CLIENTS"))
          .metadataUrl(value("MCP_OAUTH_METADATA_URL"));
      addIssuers(builder);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("MCP_OAUTH_*: " + e.getMessage(), e);
    }
    String dpop = value("MCP_OAUTH_DPOP");
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
    String[] issuers = list("MCP_OAUTH_ISSUER");
    if (issuers.length == 0) {
      throw new IllegalArgumentException("MCP_OAUTH_ISSUER must be the issuer of tokens");
    }
    String clientId = value("MCP_OAUTH_CLIENT_ID");
    String secret = value("MCP_OAUTH_CLIENT_SECRET");
    String introspection = value("MCP_OAUTH_INTROSPECTION_URI");
    String jwksUri = value("MCP_OAUTH_JWKS_URI");
    String jwks = value("MCP_OAUTH_JWKS");
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
    String value = environment.get(name);
    return value == null || value.isBlank() ? null : value.strip();
  }
}
