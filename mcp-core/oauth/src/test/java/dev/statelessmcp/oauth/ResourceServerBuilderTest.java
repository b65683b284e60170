package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
}
