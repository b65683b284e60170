package dev.statelessmcp.jetty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.HttpVersion;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.testing.TestTools;
import dev.statelessmcp.testing.Waiting;
import dev.statelessmcp.tool.ToolResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** TLS and HTTP/2, with the JDK's client. */
class ProtocolsTest {
  private static final String PASSWORD = "secret";

  private final McpServer server = TestTools.server(TestTools.tool(
      "hello",
      (none, call) -> ToolResult.text(
          "hello from afar by HTTP " + call.attributes().get(HttpVersion.class).orElseThrow())));

  @TempDir
  Path folder;

  private static void call(HttpClient client, URI uri, String version) {
    McpTestClient.http(uri, client)
        .call("hello")
        .hasStatus(200)
        .hasText("hello from afar by HTTP " + version);
  }

  /** A certificate for localhost, made by the JDK's keytool. */
  private Path keyStore() throws IOException, InterruptedException {
    Path store = folder.resolve("server.p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    Process process = new ProcessBuilder(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost,ip:127.0.0.1",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD)
        .redirectErrorStream(true)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(Waiting.SECONDS, TimeUnit.SECONDS), output);
    assertEquals(0, process.exitValue(), output);
    return store;
  }

  private static SslContextFactory.Server tls(Path store) {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(store.toString());
    tls.setKeyStorePassword(PASSWORD);
    return tls;
  }

  private static SSLContext trusting(Path store) throws Exception {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  @Test
  void callsAreServedOverTls() throws Exception {
    Path store = keyStore();
    try (McpHttpServer http =
        McpHttpServer.builder(server).port(0).tls(tls(store)).start()) {
      assertEquals("https", http.uri().getScheme());
      HttpClient client = HttpClient.newBuilder().sslContext(trusting(store)).build();
      call(client, http.uri(), "1.1");
      URI byName = URI.create("https://localhost:" + http.port() + "/mcp");
      call(client, byName, "1.1");
    }
  }

  @Test
  void hostsAreCheckedOverTlsAsWithoutIt() throws Exception {
    Path store = keyStore();
    try (McpHttpServer http =
            McpHttpServer.builder(server).port(0).tls(tls(store)).start();
        Socket socket = trusting(store).getSocketFactory().createSocket("127.0.0.1", http.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(HttpText.legacyPing(1).header("Host", "evil.example").bytes());
      out.flush();
      byte[] start = socket.getInputStream().readNBytes("HTTP/1.1 403".length());
      assertEquals("HTTP/1.1 403", new String(start, StandardCharsets.US_ASCII));
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // it waits
  void handshakeThatNeverEndsIsAborted() throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(server)
            .port(0)
            .tls(tls(keyStore()))
            .receiveTimeout(Duration.ofMillis(300))
            .start();
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.port())) {
      socket.setSoTimeout((int) Duration.ofSeconds(Waiting.SECONDS).toMillis());
      // A TLS record of 64 bytes of which only the head comes; Jetty's idle timeout is 30 seconds
      socket.getOutputStream().write(new byte[] {0x16, 3, 1, 0, 64, 1});
      assertEquals(-1, socket.getInputStream().read());
    }
  }

  @Test
  @Execution(ExecutionMode.CONCURRENT) // it waits
  void idleConnectionOverTlsIsKept() throws Exception {
    Path store = keyStore();
    try (McpHttpServer http = McpHttpServer.builder(server)
        .port(0)
        .tls(tls(store))
        .receiveTimeout(Duration.ofSeconds(2))
        .start()) {
      byte[] expected = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
      try (Socket socket =
          trusting(store).getSocketFactory().createSocket("127.0.0.1", http.port())) {
        InputStream in = socket.getInputStream();
        for (int i = 0; i < 2; i++) {
          if (i > 0) {
            Thread.sleep(3000); // longer than headers may take
            in.skipNBytes(in.available());
          }
          socket.getOutputStream().write(HttpText.legacyPing(i).bytes());
          socket.getOutputStream().flush();
          assertArrayEquals(expected, in.readNBytes(expected.length));
        }
      }
    }
  }

  @Test
  void callsAreServedOverHttp2() throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(server)
        .port(0)
        .health("/health")
        .protocol(HTTP2CServerConnectionFactory::new)
        .start()) {
      HttpClient client =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
      HttpRequest upgrade =
          HttpRequest.newBuilder(http.uri().resolve("/health")).build();
      assertEquals(
          HttpClient.Version.HTTP_2,
          client.send(upgrade, HttpResponse.BodyHandlers.ofString()).version());
      for (int i = 0; i < 3; i++) {
        call(client, http.uri(), "2");
      }
      HttpClient old =
          HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      call(old, http.uri(), "1.1");
    }
  }

  @Test
  void protocolOfCleartextIsRefusedBesideTls() {
    McpHttpServer.Builder builder = McpHttpServer.builder(server)
        .port(0)
        .tls(new SslContextFactory.Server())
        .protocol(HTTP2CServerConnectionFactory::new);
    String message =
        assertThrows(IllegalArgumentException.class, builder::start).getMessage();
    assertTrue(message.contains("tls"), message);
  }
}
