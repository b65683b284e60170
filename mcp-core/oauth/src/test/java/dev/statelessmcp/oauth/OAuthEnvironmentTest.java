package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.http.Authenticator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The variables that protect a server without code. */
class OAuthEnvironmentTest {
  private static Map<String, String> environment(String... namesAndValues) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", "/bin");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      environment.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return environment;
  }

  @Test
  void withoutVariablesNothingIsProtected() {
    assertTrue(Authenticator.fromEnvironment(environment()).isEmpty());
    assertTrue(
        Authenticator.fromEnvironment(environment("MCP_PUBLIC_URL", "https://api.example.com/mcp"))
            .isEmpty());
  }

  @Test
  void oneVariableProtects() {
    Authenticator found = Authenticator.fromEnvironment(environment(
            "MCP_PUBLIC_URL", "https://api.example.com/mcp",
            "MCP_OAUTH_ISSUER", "https://login.example.com"))
        .orElseThrow();
    assertInstanceOf(ResourceServer.class, found);
    assertEquals(List.of(), found.requiredScopes());
    assertTrue(found.documents().containsKey("/.well-known/oauth-protected-resource/mcp"));
  }

  @Test
  void allOfThem() {
    Authenticator found = Authenticator.fromEnvironment(environment(
            "MCP_OAUTH_RESOURCE", " https://api.example.com/mcp ",
            "MCP_OAUTH_ISSUER", "https://login.example.com",
            "MCP_OAUTH_JWKS", Tokens.jwks("rsa-1"),
            "MCP_OAUTH_SCOPES", "mcp:use  other",
            "MCP_OAUTH_SUPPORTED_SCOPES", "files:read",
            "MCP_OAUTH_AUDIENCES", "api://echo",
            "MCP_OAUTH_CLIENTS", "cognito",
            "MCP_OAUTH_METADATA_URL", "https://api.example.com/x",
            "MCP_OAUTH_DPOP", "required"))
        .orElseThrow();
    assertEquals(List.of("mcp:use", "other"), found.requiredScopes());
  }

  @Test
  void severalIssuers() {
    assertFalse(ResourceServer.fromEnvironment(environment(
            "MCP_OAUTH_RESOURCE", "https://api.example.com/mcp",
            "MCP_OAUTH_ISSUER", "https://a.example https://b.example"))
        .documents()
        .isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MCP_OAUTH_ISSUER=https://a.example", // no public URL
        "MCP_OAUTH_RESOURCE=https://api.example.com", // no issuer
        "MCP_OAUTH_ISSUR=https://a.example", // misspelt
        "MCP_OAUTH_RESOURCE=http://api.example.com MCP_OAUTH_ISSUER=https://a.example",
        "MCP_OAUTH_RESOURCE=https://api.example.com MCP_OAUTH_ISSUER=http://a.example",
        "MCP_OAUTH_RESOURCE=https://api.example.com MCP_OAUTH_ISSUER=https://a.example"
            + " MCP_OAUTH_JWKS={}",
        "MCP_OAUTH_RESOURCE=https://api.example.com MCP_OAUTH_ISSUER=https://a.example"
            + " MCP_OAUTH_JWKS=x",
        "MCP_OAUTH_RESOURCE=https://api.example.com MCP_OAUTH_ISSUER=https://a.example"
            + " MCP_OAUTH_CLIENT_ID=a",
        "MCP_OAUTH_RESOURCE=https://api.example.com MCP_OAUTH_ISSUER=https://a.example"
            + " MCP_OAUTH_CLIENT_SECRET=topsecret",
        "MCP_OAUTH_RESOURCE=https://api.example.com MCP_OAUTH_ISSUER=https://a.example"
            + " MCP_OAUTH_CLIENT_ID=a MCP_OAUTH_CLIENT_SECRET=topsecret"
            + " MCP_OAUTH_JWKS_URI=https://a.example/jwks",
        "MCP_OAUTH_RESOURCE=https://api.example.com MCP_OAUTH_ISSUER=https://a.example"
            + " MCP_OAUTH_DPOP=yes",
      })
  void mistakesAreNamed(String settings) {
    Map<String, String> environment = environment();
    for (String setting : settings.split(" ", -1)) {
      int equals = setting.indexOf('=');
      environment.put(setting.substring(0, equals), setting.substring(equals + 1));
    }
    IllegalArgumentException e = assertThrows(
        IllegalArgumentException.class, () -> Authenticator.fromEnvironment(environment));
    assertTrue(String.valueOf(e.getMessage()).contains("MCP_OAUTH_"), e.getMessage());
    assertFalse(String.valueOf(e.getMessage()).contains("topsecret"), e.getMessage());
  }
}
