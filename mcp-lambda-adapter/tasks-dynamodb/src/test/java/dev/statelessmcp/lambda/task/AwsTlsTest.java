package dev.statelessmcp.lambda.task;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.statelessmcp.task.TaskStore;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.io.TempDir;

/** Requests over TLS, to endpoints that know the key exchange that is offered first, or do not. */
class AwsTlsTest {
  private static final char[] PASSWORD = "password".toCharArray();

  @TempDir
  static Path folder;

  private static SSLContext context;

  private final Set<Integer> ports = ConcurrentHashMap.newKeySet(); // of the connections
  private SSLSocketFactory before;
  private HttpsServer server;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=table",
            "-ext",
            "san=ip:127.0.0.1",
            "-keystore",
            file.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD))
        .redirectErrorStream(true)
        .start();
    String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, keytool.waitFor(), output);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", keys.getCertificate("server"));
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, PASSWORD);
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    context = SSLContext.getInstance("TLS");
    context.init(own.getKeyManagers(), trust.getTrustManagers(), null);
  }

  @BeforeEach
  void trustCertificate() {
    before = HttpsURLConnection.getDefaultSSLSocketFactory();
    HttpsURLConnection.setDefaultSSLSocketFactory(context.getSocketFactory());
  }

  @AfterEach
  void close() {
    HttpsURLConnection.setDefaultSSLSocketFactory(before);
    if (server != null) {
      server.stop(0);
    }
  }

  /** A table whose handshake knows these groups; those of Java if there are none. */
  private TaskStore table(String... groups) throws Exception {
    server = HttpsServer.create(
        new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context) {
      @Override
      public void configure(HttpsParameters https) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        if (groups.length > 0) {
          setGroups(parameters, groups);
        }
        https.setSSLParameters(parameters);
      }
    });
    server.createContext("/", this::answer);
    server.start();
    return DynamoDbTaskStore.of(
        "tasks",
        Map.of(
            "AWS_REGION", "eu-central-1",
            "AWS_ENDPOINT_URL_DYNAMODB",
                "https://127.0.0.1:" + server.getAddress().getPort(),
            "AWS_ACCESS_KEY_ID", "id",
            "AWS_SECRET_ACCESS_KEY", "secret"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    ports.add(exchange.getRemoteAddress().getPort());
    exchange.getRequestBody().readAllBytes();
    exchange.sendResponseHeaders(200, 2);
    exchange.getResponseBody().write(new byte[] {'{', '}'});
    exchange.close();
  }

  /** By name, because this is compiled for Java 17. */
  private static void setGroups(SSLParameters parameters, String... groups) {
    try {
      SSLParameters.class.getMethod("setNamedGroups", String[].class).invoke(parameters, (Object)
          groups);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String[] groups(SSLSocket socket) throws ReflectiveOperationException {
    return (String[])
        SSLParameters.class.getMethod("getNamedGroups").invoke(socket.getSSLParameters());
  }

  @Test
  void aTableIsReadOnOneConnection() throws Exception {
    TaskStore store = table();
    for (int i = 0; i < 3; i++) {
      assertTrue(store.read("key").isEmpty());
    }
    assertEquals(1, ports.size());
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void aTableThatKnowsOtherGroupsIsReadToo() throws Exception {
    TaskStore store = table("secp256r1");
    for (int i = 0; i < 3; i++) {
      assertTrue(store.read("key").isEmpty());
    }
    assertEquals(1, ports.size());
  }

  @Test
  void aCertificateThatIsNotTrustedIsRefused() throws Exception {
    TaskStore store = table();
    HttpsURLConnection.setDefaultSSLSocketFactory(before);
    assertThrows(SSLHandshakeException.class, () -> store.read("key"));
    assertThrows(SSLHandshakeException.class, () -> store.read("key"));
    assertTrue(ports.isEmpty());
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void oneGroupIsOfferedUntilAHandshakeFails() throws Exception {
    TlsSockets sockets = new TlsSockets(context.getSocketFactory());
    try (SSLSocket first = (SSLSocket) sockets.createSocket()) {
      assertArrayEquals(new String[] {"x25519"}, groups(first));
    }
    assertTrue(sockets.offerAll());
    try (SSLSocket next = (SSLSocket) sockets.createSocket()) {
      try (SSLSocket plain = (SSLSocket) context.getSocketFactory().createSocket()) {
        assertArrayEquals(groups(plain), groups(next));
      }
    }
    assertFalse(sockets.offerAll());
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void aJavaThatPrefersAnotherGroupOffersWhatItWants() throws Exception {
    String[] wanted = {"secp384r1", "x25519"};
    TlsSockets sockets = new TlsSockets(new Preferring(context.getSocketFactory(), wanted));
    try (SSLSocket socket = (SSLSocket) sockets.createSocket()) {
      assertArrayEquals(wanted, groups(socket));
    }
  }

  /** The sockets of a Java with other defaults. */
  private static final class Preferring extends SSLSocketFactory {
    private final SSLSocketFactory sockets;
    private final String[] wanted;

    Preferring(SSLSocketFactory sockets, String... wanted) {
      this.sockets = sockets;
      this.wanted = wanted;
    }

    @Override
    public Socket createSocket() throws IOException {
      SSLSocket socket = (SSLSocket) sockets.createSocket();
      SSLParameters parameters = socket.getSSLParameters();
      setGroups(parameters, wanted);
      socket.setSSLParameters(parameters);
      return socket;
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      throw new UnsupportedOperationException();
    }

    @Override
    public String[] getDefaultCipherSuites() {
      return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
      return sockets.getSupportedCipherSuites();
    }
  }
}
