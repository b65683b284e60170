package dev.statelessmcp.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginPolicyTest {
  private static final OriginPolicy LOOPBACK = OriginPolicy.DEFAULT.complete();
  private static final OriginPolicy ANY_HOST =
      OriginPolicy.DEFAULT.hosts(List.of("*")).complete();
  private static final OriginPolicy NONE =
      OriginPolicy.DEFAULT.hosts(List.of("unused.example")).complete();

  private static OriginPolicy hosts(String... hosts) {
    return OriginPolicy.DEFAULT.hosts(List.of(hosts)).complete();
  }

  private static OriginPolicy origins(String... origins) {
    return NONE.origins(List.of(origins));
  }

  private static OriginPolicy forAddress(String address, List<String> hosts, List<String> origins) {
    return OriginPolicy.DEFAULT.address(address).hosts(hosts).origins(origins).complete();
  }

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
    OriginPolicy policy = LOOPBACK;
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
    OriginPolicy policy = LOOPBACK;
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
  void textAfterTheColonMustBeAPort(String host) {
    OriginPolicy policy = LOOPBACK;
    assertEquals(false, takesHost(policy, host));
    assertEquals(false, takesOrigin(policy, "http://" + host, "localhost:8080"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "", "localhost", "file://", "http://", "://localhost.evil.com"})
  void loopbackRefusesAnInvalidOrigin(String origin) {
    assertEquals(false, takesOrigin(LOOPBACK, origin, "localhost"));
  }

  @Test
  void requestWithoutOriginIsTakenAndOneWithoutHostIsNot() {
    for (OriginPolicy policy : List.of(LOOPBACK, NONE)) {
      assertTrue(takesOrigin(policy, null, "localhost"));
      assertEquals(false, takesHost(policy, null));
    }
    assertTrue(takesHost(ANY_HOST, null));
  }

  @Test
  void noneAllowsNothing() {
    assertEquals(false, takesHost(NONE, "localhost"));
    assertEquals(false, takesOrigin(NONE, "http://localhost", "example.com"));
  }

  @Test
  void hostIsTakenWithAnyPortUnlessOneIsNamed() {
    OriginPolicy policy = hosts(" Example.COM ", "b.org:8443");
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
    assertTrue(takesHost(hosts("*"), "anything:1"));
    assertTrue(takesHost(hosts("*.example.com", "*"), null));
  }

  @Test
  void originOfTheHostIsAcceptedWithEveryScheme() {
    OriginPolicy policy = ANY_HOST;
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
    OriginPolicy policy =
        ANY_HOST.origins(List.of("https://App.example.com/path?x", "http://b.org:8080"));
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
    OriginPolicy policy =
        ANY_HOST.origins(List.of("https://app.example.com:443", "http://app.example.com:80"));
    assertTrue(takesOrigin(policy, "https://app.example.com", "h"));
    assertTrue(takesOrigin(policy, "http://app.example.com", "h"));
  }

  @Test
  void starAndNullMustBeSaid() {
    assertTrue(takesOrigin(origins("*"), "null", "h"));
    assertTrue(takesOrigin(origins("null"), "null", "h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "example.com", "https://", "://x", "localhost:8080"})
  void invalidOriginIsRefusedAtOnce(String origin) {
    OriginPolicy policy = NONE;
    assertThrows(IllegalArgumentException.class, () -> policy.origins(List.of(origin)));
  }

  @Test
  void policiesAreNotChanged() {
    OriginPolicy policy = NONE;
    policy.hosts(List.of("*")).origins(List.of("*"));
    assertEquals(false, takesHost(policy, "h"));
    assertEquals(false, takesOrigin(policy, "http://o", "h"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "::1", "[::1]"})
  void loopbackAddressNeedsNothingMore(String address) {
    OriginPolicy policy = forAddress(address, null, null);
    assertTrue(takesHost(policy, "localhost:8080"));
    assertEquals(false, takesHost(policy, "example.com"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "[::]", "192.0.2.1", "2001:db8::1"})
  void otherAddressesNeedHostsAndOrigins(String address) {
    List<String> hosts = List.of("mcp.example.com");
    List<String> origins = List.of("https://mcp.example.com");
    List<OriginPolicy> incomplete = List.of(
        OriginPolicy.DEFAULT,
        OriginPolicy.DEFAULT.hosts(hosts),
        OriginPolicy.DEFAULT.origins(origins),
        OriginPolicy.DEFAULT.hosts(List.of()).origins(origins));
    for (OriginPolicy policy : incomplete) {
      OriginPolicy listening = policy.address(address);
      String message =
          assertThrows(IllegalArgumentException.class, listening::complete).getMessage();
      assertTrue(message.contains("allowedHosts") && message.contains("allowedOrigins"), message);
    }
    OriginPolicy policy = forAddress(address, hosts, origins);
    assertTrue(takesHost(policy, "mcp.example.com"));
    assertEquals(false, takesHost(policy, "localhost"));
    assertEquals(false, takesOrigin(policy, "http://localhost", "mcp.example.com"));
  }

  @Test
  void invalidAddressIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> forAddress("no such host", List.of("*"), List.of("*")));
  }

  @ParameterizedTest
  @CsvSource({
    "*.example.com, a.example.com, true",
    "*.example.com, A.B.Example.com:8080, true",
    "*.example.com, example.com, false",
    "*.example.com, .example.com, false",
    "*.example.com, evilexample.com, false",
    "*.example.com, a.example.com.evil.com, false",
    "*.example.com, evil.com/.example.com, false",
    "*.example.com, evil.com#.example.com, false",
    "*.example.com, evil.com@a.example.com, false",
    "*.example.com, 'evil.com, a.example.com', false",
    "*.example.com:8443, a.example.com:8443, true",
    "*.example.com:8443, a.example.com, false",
    "example.com:*, example.com, true",
    "example.com:*, example.com:1, true",
    "*.example.com:*, a.example.com:1, true",
    "example.com:443, example.com, true",
    "example.com:80, example.com, true",
    "example.com:443, example.com:443, true",
    "example.com:443, example.com:444, false",
    "example.com, example.com:0, false",
    "example.com, example.com:65536, false",
    "example.com, example.com:, false",
    "[2001:db8::1], [2001:db8::1]:8000, true",
    "[2001:DB8::1]:8000, [2001:db8::1]:8000, true",
    "[2001:db8::1]:8000, [2001:db8::1], false",
    "my_host, my_host:1, true"
  })
  void hostIsTakenIfAnEntryMatches(String entry, String host, boolean taken) {
    assertEquals(taken, takesHost(hosts(entry), host));
  }

  @ParameterizedTest
  @CsvSource({
    "https://*.example.com, https://a.example.com, true",
    "https://*.example.com, HTTPS://A.b.Example.COM, true",
    "https://*.example.com/, https://a.example.com, true",
    "https://*.example.com, https://a.example.com:444, false",
    "https://*.example.com, http://a.example.com, false",
    "https://*.example.com, https://example.com, false",
    "https://*.example.com, https://evilexample.com, false",
    "https://*.example.com, https://evil.com/.example.com, false",
    "https://*.example.com, https://evil.com?.example.com, false",
    "https://*.example.com, https://evil.com@a.example.com, false",
    "https://*.example.com, https://a.example.com.evil.com, false",
    "https://*.example.com:8443, https://a.example.com:8443, true",
    "http://localhost:*, http://localhost:5173, true",
    "http://localhost:*, http://localhost, true",
    "http://localhost:*, https://localhost, false",
    "http://[::1]:5173, http://[::1]:5173, true",
    "chrome-extension://abcdef, chrome-extension://abcdef, true",
    "chrome-extension://abcdef, chrome-extension://other, false"
  })
  void originIsTakenIfAnEntryMatches(String entry, String origin, boolean taken) {
    assertEquals(taken, takesOrigin(origins(entry), origin, "h"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "https://example.com",
        "example.com/mcp",
        "/mcp",
        "a.*.example.com",
        "*example.com",
        "exa*mple.com",
        "*.*.com",
        "*.",
        "*:8080",
        ".example.com",
        "a..example.com",
        "a b",
        "a.com,b.com",
        "user@example.com",
        "example.com:http",
        "example.com:",
        "example.com:0",
        "example.com:65536",
        "example.com:8*",
        "::1",
        "[::1",
        "*.[::1]",
        "münchen.example"
      })
  void hostThatCanNeverMatchIsRefusedAtOnce(String entry) {
    String message = assertThrows(IllegalArgumentException.class, () -> hosts("b.org", entry))
        .getMessage();
    assertTrue(message.startsWith("allowedHosts: \"" + entry + "\" "), message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "example.com",
        "*.example.com",
        "https://",
        "https://*",
        "https://a.*.example.com",
        "https://*example.com",
        "*://example.com",
        "https://.example.com",
        "https://a.com,https://b.com",
        "https://user@example.com",
        "https://example.com:http",
        "https://example.com:",
        "https://example.com:99999",
        "https://::1",
        "file://",
        "file:///x",
        "https:example.com",
        "https://münchen.example"
      })
  void originThatCanNeverMatchIsRefusedAtOnce(String entry) {
    String message = assertThrows(
            IllegalArgumentException.class, () -> origins("https://b.org", entry))
        .getMessage();
    assertTrue(message.startsWith("allowedOrigins: \"" + entry + "\" "), message);
  }

  @Test
  void emptyListAndNoneAllowNoPage() {
    for (List<String> list : List.of(List.<String>of(), List.of("none"), List.of(" none "))) {
      for (OriginPolicy policy :
          List.of(LOOPBACK, ANY_HOST, OriginPolicy.DEFAULT.address("127.0.0.1"))) {
        OriginPolicy closed = policy.origins(list).complete();
        assertTrue(takesOrigin(closed, null, "h"));
        for (String origin : List.of("http://localhost", "https://h", "http://h", "null", "x")) {
          assertEquals(false, takesOrigin(closed, origin, "h"), origin);
        }
      }
    }
    assertThrows(IllegalArgumentException.class, () -> origins("none", "https://b.org"));
    OriginPolicy other = forAddress("0.0.0.0", List.of("mcp.example.com"), List.of());
    assertTrue(takesHost(other, "mcp.example.com"));
    assertEquals(false, takesOrigin(other, "https://mcp.example.com", "mcp.example.com"));
  }

  @Test
  void emptyListOfHostsIsRefusedWhereNothingElseIsAllowed() {
    assertThrows(IllegalArgumentException.class, () -> hosts());
    assertTrue(takesHost(forAddress("127.0.0.1", List.of(), null), "localhost"));
  }

  @Test
  void listOfHostsReplacesTheNamesOfThisMachineUnlessItListensThere() {
    assertEquals(false, takesHost(hosts("b.org"), "localhost"));
    assertEquals(false, takesOrigin(hosts("b.org"), "http://localhost:3000", "b.org"));
    OriginPolicy local = forAddress("127.0.0.1", List.of("b.org"), List.of("https://c.org"));
    assertTrue(takesHost(local, "localhost"));
    assertTrue(takesHost(local, "b.org"));
    assertTrue(takesOrigin(local, "http://localhost:3000", "b.org"));
    assertTrue(takesOrigin(local, "https://c.org", "b.org"));
    assertTrue(takesHost(forAddress("127.0.0.2", null, null), "127.0.0.2:8000"));
    assertTrue(takesHost(forAddress("::1", null, null), "[::1]:8000"));
  }

  @Test
  void portOfTheSchemeIsThatOfTheHostWithoutOne() {
    assertTrue(takesOrigin(ANY_HOST, "https://api.example.com", "api.example.com:443"));
    assertEquals(false, takesOrigin(ANY_HOST, "https://api.example.com", "api.example.com:80"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://App.example.com/mcp?x, https://app.example.com",
    "https://app.example.com:443, https://app.example.com",
    "http://localhost:8000/, http://localhost:8000",
    "https://*.example.com, https://*.example.com",
    "http://localhost:*, http://localhost:*",
    "*, *"
  })
  void originOfAUrlIsAnEntry(String url, String origin) {
    assertEquals(origin, StreamableHttp.origin(url));
    assertEquals(origin, StreamableHttp.origin(origin));
  }
}
