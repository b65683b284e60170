package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {

  private static boolean takesHost(OriginPolicy policy, String host) {
    try {
      policy.checkHost(host);
      return true;
    } catch (HttpRefusal e) {
      assertEquals(403, e.status());
      assertTrue(e.getMessage().contains("allowedHosts"), e.getMessage());
      return false;
    }
  }

  private static boolean takesOrigin(OriginPolicy policy, String origin, String host) {
    try {
      policy.checkOrigin(origin, host);
      return true;
    } catch (HttpRefusal e) {
      assertEquals(403, e.status());
      assertTrue(e.getMessage().contains("allowedOrigins"), e.getMessage());
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:8080",
        "LOCALHOST:8080",
        "LocalHost",
        "127.0.0.1",
        "127.0.0.1:1",
        "[::1]",
        "[::1]:8080"
      })
  void loopbackTakesThisMachinesNamesWithAnyPort(String host) {
    OriginPolicy policy = OriginPolicy.loopback();
    assertTrue(takesHost(policy, host));
    assertTrue(takesOrigin(policy, "http://" + host, "localhost"));
    assertTrue(takesOrigin(policy, "https://" + host, "127.0.0.1:80"));
    assertTrue(takesOrigin(policy, "HTTP://" + host, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "example.com",
        "localhost.evil.com",
        "localhost.evil.com:8080",
        "127.0.0.1.evil.com",
        "evil.com:localhost",
        "evil-localhost",
        "xlocalhost",
        "localhostx",
        "127.0.0.11",
        "127.0.0.1.",
        "128.0.0.1",
        "0.0.0.0",
        "192.168.0.1",
        "[::2]",
        "[::]",
        "[::1].evil.com",
        "[::1]evil.com",
        "[::ffff:1.2.3.4]",
        "::1",
        "localhost, evil.com",
        "evil.com, localhost",
        "evil.com@localhost",
        "evil.com#localhost",
        "evil.com/localhost"
      })
  void loopbackTakesNoLookAlike(String host) {
    OriginPolicy policy = OriginPolicy.loopback();
    assertEquals(false, takesHost(policy, host));
    assertEquals(false, takesOrigin(policy, "http://" + host, "localhost:8080"));
    assertEquals(false, takesOrigin(policy, host, "localhost:8080"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost:80@evil.com",
        "localhost:x",
        "localhost:80/evil",
        "127.0.0.1:evil.com",
        "[::1]:8080.evil.com"
      })
  void whatStandsBehindTheColonIsAPort(String host) {
    OriginPolicy policy = OriginPolicy.loopback();
    assertEquals(false, takesHost(policy, host));
    assertEquals(false, takesOrigin(policy, "http://" + host, "localhost:8080"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "", "localhost", "file://", "http://", "://localhost.evil.com"})
  void loopbackRefusesAnInvalidOrigin(String origin) {
    assertEquals(false, takesOrigin(OriginPolicy.loopback(), origin, "localhost"));
  }

  @Test
  void requestWithoutOriginIsTakenAndOneWithoutHostIsNot() {
    for (OriginPolicy policy : List.of(OriginPolicy.loopback(), OriginPolicy.none())) {
      assertTrue(takesOrigin(policy, null, "localhost"));
      assertEquals(false, takesHost(policy, null));
    }
    assertTrue(takesHost(OriginPolicy.anyHost(), null));
  }

  @Test
  void noneTakesNothing() {
    assertEquals(false, takesHost(OriginPolicy.none(), "localhost"));
    assertEquals(false, takesOrigin(OriginPolicy.none(), "http://localhost", "example.com"));
  }

  @Test
  void hostIsTakenWithAnyPortUnlessOneIsNamed() {
    OriginPolicy policy = OriginPolicy.none().withHosts(List.of(" Example.COM ", "b.org:8443"));
    assertTrue(takesHost(policy, "example.com"));
    assertTrue(takesHost(policy, "EXAMPLE.com:1"));
    assertTrue(takesHost(policy, "b.org:8443"));
    assertEquals(false, takesHost(policy, "b.org"));
    assertEquals(false, takesHost(policy, "b.org:8444"));
    assertEquals(false, takesHost(policy, "sub.example.com"));
    assertEquals(false, takesHost(policy, "example.com.evil.com"));
    assertEquals(false, takesHost(policy, "localhost"));
  }

  @Test
  void starTakesEveryHost() {
    assertTrue(takesHost(OriginPolicy.none().withHosts(List.of("*")), "anything:1"));
    assertEquals(
        false, takesHost(OriginPolicy.none().withHosts(List.of("*.example.com")), "a.example.com"));
  }

  @Test
  void originOfTheHostIsAcceptedWithEveryScheme() {
    OriginPolicy policy = OriginPolicy.anyHost();
    assertTrue(takesOrigin(policy, "https://api.example.com", "api.example.com"));
    assertTrue(takesOrigin(policy, "http://API.example.com:80", "api.example.com:80"));
    assertEquals(false, takesOrigin(policy, "https://api.example.com:444", "api.example.com"));
    assertEquals(false, takesOrigin(policy, "https://evil.com", "api.example.com"));
    assertEquals(false, takesOrigin(policy, "http://localhost", "api.example.com"));
    assertEquals(false, takesOrigin(policy, "null", "api.example.com"));
    assertEquals(false, takesOrigin(policy, "https://api.example.com", null));
  }

  @Test
  void originOnTheListIsTakenExactly() {
    OriginPolicy policy = OriginPolicy.anyHost()
        .withOrigins(List.of("https://App.example.com/path?x", "http://b.org:8080"));
    assertTrue(takesOrigin(policy, "https://app.example.com", "h"));
    assertTrue(takesOrigin(policy, "HTTPS://APP.example.com", "h"));
    assertTrue(takesOrigin(policy, "http://b.org:8080", "h"));
    assertEquals(false, takesOrigin(policy, "http://app.example.com", "h"));
    assertEquals(false, takesOrigin(policy, "https://app.example.com:444", "h"));
    assertEquals(false, takesOrigin(policy, "https://app.example.com.evil.com", "h"));
    assertEquals(false, takesOrigin(policy, "http://b.org", "h"));
  }

  /** Browsers leave the port of the scheme out. */
  @Test
  void portOfTheSchemeIsTheSameAsNone() {
    OriginPolicy policy = OriginPolicy.anyHost()
        .withOrigins(List.of("https://app.example.com:443", "http://app.example.com:80"));
    assertTrue(takesOrigin(policy, "https://app.example.com", "h"));
    assertTrue(takesOrigin(policy, "http://app.example.com", "h"));
  }

  @Test
  void starAndNullMustBeSaid() {
    assertTrue(takesOrigin(OriginPolicy.none().withOrigins(List.of("*")), "null", "h"));
    assertTrue(takesOrigin(OriginPolicy.none().withOrigins(List.of("null")), "null", "h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.com", "https://", "://x", "localhost:8080"})
  void invalidOriginIsRefusedAtOnce(String origin) {
    OriginPolicy policy = OriginPolicy.none();
    assertThrows(IllegalArgumentException.class, () -> policy.withOrigins(List.of(origin)));
  }

  @Test
  void policiesAreNotChanged() {
    OriginPolicy policy = OriginPolicy.none();
    policy.withHosts(List.of("*")).withOrigins(List.of("*"));
    assertEquals(false, takesHost(policy, "h"));
    assertEquals(false, takesOrigin(policy, "http://o", "h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"})
  void loopbackAddressNeedsNothingMore(String address) {
    OriginPolicy policy = OriginPolicy.forAddress(address, List.of(), List.of());
    assertTrue(takesHost(policy, "localhost:8080"));
    assertEquals(false, takesHost(policy, "example.com"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "[::]", "192.0.2.1", "2001:db8::1"})
  void otherAddressesNeedHostsAndOrigins(String address) {
    List<String> none = List.of();
    List<String> hosts = List.of("mcp.example.com");
    List<String> origins = List.of("https://mcp.example.com");
    for (List<List<String>> lists :
        List.of(List.of(none, none), List.of(hosts, none), List.of(none, origins))) {
      String message = assertThrows(
              IllegalArgumentException.class,
              () -> OriginPolicy.forAddress(address, lists.get(0), lists.get(1)))
          .getMessage();
      assertTrue(message.contains("allowedHosts") && message.contains("allowedOrigins"), message);
    }
    OriginPolicy policy = OriginPolicy.forAddress(address, hosts, origins);
    assertTrue(takesHost(policy, "mcp.example.com"));
    assertEquals(false, takesHost(policy, "localhost"));
    assertEquals(false, takesOrigin(policy, "http://localhost", "mcp.example.com"));
  }

  @Test
  void invalidDdressIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> OriginPolicy.forAddress("no such host", List.of("*"), List.of("*")));
  }
}
