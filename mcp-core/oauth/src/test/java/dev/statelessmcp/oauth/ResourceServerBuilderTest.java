package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.call.Caller;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that are refused. */
class ResourceServerBuilderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://login.example.com",
        "ftp://login.example.com",
        "login.example.com",
        "https:///x",
        "https://user@login.example.com",
        "https://login.example.com/#x",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        " "
      })
  void urlsMustBeSecure(String url) {
    ResourceServerBuilder builder = ResourceServer.builder(Tokens.RESOURCE);
    assertThrows(IllegalArgumentException.class, () -> builder.issuer(url));
    assertThrows(
        IllegalArgumentException.class, () -> builder.issuer("https://login.example.com", url));
    assertThrows(IllegalArgumentException.class, () -> ResourceServer.builder(url));
  }

  @Test
  void onlyOneWayToCheckTokensMayBeSet() {
    ResourceServerBuilder none = ResourceServer.builder(Tokens.RESOURCE);
    assertThrows(IllegalArgumentException.class, none::build);
    ResourceServerBuilder both = ResourceServer.builder(Tokens.RESOURCE)
        .issuer("https://a.example")
        .introspection("https://b.example", null, "id", "secret");
    assertThrows(IllegalArgumentException.class, both::build);
    ResourceServerBuilder anonymous =
        ResourceServer.builder(Tokens.RESOURCE).verifier(token -> Caller.ANONYMOUS);
    assertThrows(IllegalArgumentException.class, anonymous::build);
    assertFalse(ResourceServer.builder(Tokens.RESOURCE)
        .issuer("https://a.example")
        .issuer("https://b.example")
        .build()
        .documents()
        .isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"none", "HS256", "HS384", "HS512", "rs256", "", "eddsa", "Ed448", "A128KW"})
  void algorithmsWithoutPublicKeysCannotBeChosen(String name) {
    ResourceServerBuilder builder = ResourceServer.builder(Tokens.RESOURCE);
    assertThrows(IllegalArgumentException.class, () -> builder.algorithms(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\"b", "a\\b", "a\tb", "a\nb", "\u00e4", "\u007f"})
  void scopesHaveOnlyCharactersOfOAuth(String scope) {
    ResourceServerBuilder builder = ResourceServer.builder(Tokens.RESOURCE);
    assertThrows(IllegalArgumentException.class, () -> builder.requiredScopes("a", scope));
    assertThrows(IllegalArgumentException.class, () -> builder.supportedScopes("a", scope));
  }

  /** RFC 8414 2: "with no query or fragment components" */
  @Test
  void anIssuerHasNoQuery() {
    ResourceServerBuilder builder = ResourceServer.builder(Tokens.RESOURCE);
    assertThrows(
        IllegalArgumentException.class, () -> builder.issuer("https://login.example.com?a=b"));
    assertThrows(
        IllegalArgumentException.class,
        () -> builder.introspection("https://login.example.com/?", null, "id", "secret"));
  }

  /** Their metadata could not be served. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.example.com/mcp?a=b",
        "https://api.example.com//mcp",
        "https://api.example.com/a/../mcp",
        "https://api.example.com/m%20cp"
      })
  void thePublicUrlHasAPathThatRequestsHave(String url) {
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> ResourceServer.builder(url));
    assertTrue(String.valueOf(e.getMessage()).contains(url), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://api.example.com", "https://api.example.com/", "http://[::1]:8000/mcp"})
  void thePublicUrlMayBeTheRootOrThisMachine(String url) {
    assertFalse(ResourceServer.builder(url)
        .issuer("https://a.example")
        .build()
        .documents()
        .isEmpty());
  }
}
