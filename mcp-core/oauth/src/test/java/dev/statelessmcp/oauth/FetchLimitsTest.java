package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.testing.SilentLog;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fetch ends in its time, and its thread with it, however slowly a server answers. */
@ExtendWith(SilentLog.class)
@Timeout(120)
class FetchLimitsTest {
  /** Of a whole fetch. The servers send a byte every few milliseconds, and never end. */
  private static final int LIMIT = 200;

  /** Long enough for a fetch that succeeds. */
  private static final int ENOUGH = 60_000;

  /** The lock of the JVM's default socket factory. */
  private static final String TRUSTED = "HttpsURLConnection.defaultSSLSocketFactory";

  private static final String PASSWORD = "secret";
  private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

  @TempDir
  static Path folder;

  private static SSLContext tls;
  private static SSLSocketFactory before;

  /**
   * What a server does.
   *
   * @param first is sent at once
   * @param repeated is then sent a byte at a time; null if the connection ends
   */
  private record Behaviour(String first, String repeated, boolean secured) {}

  private static final Map<String, Behaviour> SLOW = new LinkedHashMap<>();

  private static void slow(String name, String first, String repeated) {
    SLOW.put(name, new Behaviour(first, repeated, false));
    SLOW.put(name + ", TLS", new Behaviour(first, repeated, true));
  }

  static {
    slow("says nothing", "", "");
    slow("a status line without an end", "HTTP/1.1 200 ", "O");
    slow("a header without an end", "HTTP/1.1 200 OK\r\nX: ", "y");
    slow("headers without an end", "HTTP/1.1 200 OK\r\n", "X: y\r\n");
    slow("interim answers without an end", "", "HTTP/1.1 103 Early Hints\r\n\r\n");
    slow("a content without a length", "HTTP/1.1 200 OK\r\n\r\n", " ");
    slow("chunks of one byte", CHUNKED, "1\r\n \r\n");
    // Without TLS, on this machine alone, the JDK reads on: see Fetcher
    SLOW.put(
        "silent after its headers, TLS",
        new Behaviour("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", "", true));
    SLOW.put(
        "a content byte by byte, TLS",
        new Behaviour("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", " ", true));
    SLOW.put("a chunk size without an end, TLS", new Behaviour(CHUNKED, "0", true));
    SLOW.put("a chunk extension without an end, TLS", new Behaviour(CHUNKED + "1;", "x", true));
    slow("a chunk without an end", CHUNKED + "ffff\r\n", " ");
    SLOW.put(
        "a handshake byte by byte", new Behaviour("\u0016\u0003\u0003@\u0000", "\u0002", false));
    SLOW.put("a handshake that stops", new Behaviour("\u0016\u0003\u0003", "", false));
  }

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = folder.resolve("server.p12");
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=issuer",
            "-ext",
            "san=ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD)
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    own.init(keys, PASSWORD.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trust.getTrustManagers(), null);
    before = HttpsURLConnection.getDefaultSSLSocketFactory();
    HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
  }

  @AfterAll
  static void trustAsBefore() throws InterruptedException {
    if (before != null) {
      HttpsURLConnection.setDefaultSSLSocketFactory(before);
    }
    for (int i = 0; i < 6000 && threads() > 0; i++) {
      Thread.sleep(10);
    }
    assertEquals(0, threads(), "threads that fetch are left");
  }

  static List<String> slowServers() {
    return new ArrayList<>(SLOW.keySet());
  }

  private static HostileServer server(Behaviour behaviour) throws IOException {
    ServerSocketFactory sockets =
        behaviour.secured ? tls.getServerSocketFactory() : ServerSocketFactory.getDefault();
    return new HostileServer(sockets, behaviour.first, behaviour.repeated);
  }

  private static String url(HostileServer server, Behaviour behaviour) {
    boolean https = behaviour.secured || behaviour.first.startsWith("\u0016");
    return (https ? "https" : "http") + "://127.0.0.1:" + server.port();
  }

  private static ResourceServerBuilder settings(int millis) {
    return ResourceServer.builder(Tokens.RESOURCE).clock(ProtectedServer.CLOCK).fetchMillis(millis);
  }

  private static int status(ResourceServer server, String issuer) {
    return KeySourceCase.status(server, KeySourceCase.token(issuer, "rsa-1", "rsa-1"));
  }

  /** Each kind of fetch, of which each is refused in its time. All at once, since they wait. */
  @ParameterizedTest
  @MethodSource("slowServers")
  @Execution(ExecutionMode.CONCURRENT)
  @ResourceLock(value = TRUSTED, mode = ResourceAccessMode.READ)
  void everyFetchEnds(String name) throws Exception {
    Behaviour behaviour = SLOW.get(name);
    try (HostileServer hostile = server(behaviour)) {
      String url = url(hostile, behaviour);
      List<ResourceServer> servers = List.of(
          settings(LIMIT).issuer(url, url + "/jwks").build(),
          settings(LIMIT).issuer(url).build(), // metadata
          settings(LIMIT)
              .introspection(url, url + "/introspect", "id", "secret")
              .build(),
          settings(LIMIT).introspection(url, null, "i", "s").build());
      ResourceServer prepared = settings(LIMIT).issuer(url).build();
      ExecutorService threads = Executors.newFixedThreadPool(servers.size() + 1);
      try {
        List<Future<Integer>> statuses = new ArrayList<>();
        for (ResourceServer server : servers) {
          statuses.add(threads.submit(() -> status(server, url)));
        }
        Future<?> preparing = threads.submit(prepared::prepare);
        for (Future<Integer> status : statuses) {
          assertEquals(503, status.get());
        }
        preparing.get();
      } finally {
        threads.shutdownNow();
      }
      assertNoConnectionIsLeft(hostile);
    }
  }

  private static void assertNoConnectionIsLeft(HostileServer hostile) throws InterruptedException {
    for (int i = 0; i < 6000 && hostile.connections() > 0; i++) {
      Thread.sleep(10);
    }
    assertEquals(0, hostile.connections());
  }

  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("mcp-oauth-"))
        .count();
  }

  private static String answer(String head) {
    String jwks = Tokens.jwks("rsa-1");
    return head.replace("{length}", Integer.toString(jwks.length()))
        .replace("{hex}", Integer.toHexString(jwks.length()))
        .replace("{jwks}", jwks);
  }

  private static String chunk(String size, String content) {
    return size + "\r\n" + content + "\r\n";
  }

  private static final Map<String, String> GOOD = new LinkedHashMap<>();

  static {
    GOOD.put("a length", "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n{jwks}");
    GOOD.put("a length, and more", "HTTP/1.1 200 OK\r\ncontent-length:{length}\r\n\r\n{jwks}more");
    GOOD.put("no length", "HTTP/1.1 200 OK\r\n\r\n{jwks}");
    GOOD.put("HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\n{jwks}");
    GOOD.put("no reason", "HTTP/1.1 200\r\n\r\n{jwks}");
    GOOD.put("lines without CR", "HTTP/1.1 200 OK\nContent-Length: {length}\n\n{jwks}");
    GOOD.put("one chunk", CHUNKED + "{hex}\r\n{jwks}\r\n0\r\n\r\n");
    GOOD.put(
        "a chunk with an extension", CHUNKED + "{hex};a=\"b\"\r\n{jwks}\r\n000\r\nX: y\r\n\r\n");
    GOOD.put(
        "chunks, whatever the length says",
        CHUNKED.replace("\r\n\r\n", "\r\nContent-Length: 3\r\n\r\n")
            + chunk("2", "  ")
            + chunk("{hex}", "{jwks}")
            + chunk("0", ""));
  }

  static List<String> goodServers() {
    return new ArrayList<>(GOOD.keySet());
  }

  @ParameterizedTest
  @MethodSource("goodServers")
  @ResourceLock(value = TRUSTED, mode = ResourceAccessMode.READ)
  void answersAreReadInEachFormThatTheyMayHave(String name) throws Exception {
    for (boolean secured : new boolean[] {false, true}) {
      Behaviour behaviour = new Behaviour(answer(GOOD.get(name)), null, secured);
      try (HostileServer server = server(behaviour)) {
        String url = url(server, behaviour);
        assertEquals(
            200, status(settings(ENOUGH).issuer(url, url + "/jwks?a=b").build(), url), url);
      }
    }
  }

  static List<String> brokenAnswers() {
    return List.of(
        "",
        "garbage\r\n\r\n{jwks}",
        "HTTP/2 200 OK\r\n\r\n{jwks}",
        "HTTP/1.1 2x0 OK\r\n\r\n{jwks}",
        "HTTP/1.1 +20 OK\r\n\r\n{jwks}",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{jwks}",
        "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n{jwks}",
        "HTTP/1.1 204 No Content\r\n\r\n",
        "HTTP/1.1 302 Found\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://user@127.0.0.1:1/\r\n\r\n",
        CHUNKED,
        CHUNKED + "x\r\n{jwks}\r\n0\r\n\r\n",
        CHUNKED + "-5\r\n{jwks}\r\n0\r\n\r\n",
        CHUNKED + "7fffffffffffffff\r\n{jwks}\r\n0\r\n\r\n",
        CHUNKED + "ffffffffffffffffff\r\n{jwks}\r\n0\r\n\r\n",
        CHUNKED + "5\r\n{jwks}\r\n0\r\n\r\n",
        CHUNKED + "{hex}\r\n{jwks}");
  }

  @ParameterizedTest
  @MethodSource("brokenAnswers")
  void brokenAnswersAreNotUsed(String broken) throws Exception {
    Behaviour behaviour = new Behaviour(answer(broken), null, false);
    try (HostileServer server = server(behaviour)) {
      String url = url(server, behaviour);
      assertEquals(503, status(settings(ENOUGH).issuer(url, url + "/jwks").build(), url));
    }
  }

  /** The certificate is for another name, and then from an unknown issuer. */
  @Test
  @ResourceLock(TRUSTED)
  void certificatesAreChecked() throws Exception {
    Behaviour behaviour = new Behaviour(answer(GOOD.get("a length")), null, true);
    try (HostileServer server = server(behaviour)) {
      String other = "https://localhost:" + server.port();
      assertEquals(503, status(settings(ENOUGH).issuer(other, other + "/jwks").build(), other));
      String url = url(server, behaviour);
      HttpsURLConnection.setDefaultSSLSocketFactory(before);
      try {
        assertEquals(503, status(settings(ENOUGH).issuer(url, url + "/jwks").build(), url));
      } finally {
        HttpsURLConnection.setDefaultSSLSocketFactory(tls.getSocketFactory());
      }
    }
  }
}
