package dev.statelessmcp.oauth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.HttpRequest;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.jetty.McpHandler;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.servlet.McpServlet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that start: keys are there before the first request, and nothing waits for them. */
@Timeout(120)
class StartTest extends KeySourceCase {

  /** What has a server. */
  enum Kind {
    HTTP_SERVER,
    HANDLER,
    SERVLET
  }

  /** A server that was started. */
  private record Started(int port, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
      end.run();
    }
  }

  private static Started start(Kind kind, Authenticator authenticator) throws Exception {
    if (kind == Kind.HTTP_SERVER) {
      McpHttpServer http = McpHttpServer.builder(ProtectedServer.server())
          .port(0)
          .path("/echo/mcp")
          .allowedHosts(List.of("*"))
          .allowedOrigins(List.of())
          .authenticator(authenticator)
          .start();
      return new Started(http.port(), http::close);
    }
    StreamableHttp endpoint = StreamableHttp.builder(ProtectedServer.server())
        .path("/echo/mcp")
        .allowedHosts(List.of("*"))
        .allowedOrigins(List.of())
        .authenticator(authenticator)
        .build();
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(kind == Kind.HANDLER ? new McpHandler(endpoint) : servlet(endpoint));
    server.start();
    return new Started(connector.getLocalPort(), () -> stop(server));
  }

  private static void stop(Server server) {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Handler servlet(StreamableHttp endpoint) {
    ServletHolder holder = new ServletHolder(new McpServlet(endpoint));
    holder.setAsyncSupported(true);
    holder.setInitOrder(0); // with the server, and not with the first request
    ServletContextHandler servlets = new ServletContextHandler();
    servlets.addServlet(holder, "/*");
    return servlets;
  }

  private static int status(Started server, String method, String path, String credentials)
      throws Exception {
    MatrixCase each = new MatrixCase("", method + " " + path, credentials, "");
    Map<String, String> headers = each.headers();
    String body = each.body(headers);
    return Target.socket(server.port).send(method, each.path(), headers, body).status();
  }

  @ParameterizedTest
  @EnumSource
  void keysAreFetchedBeforeTheFirstRequest(Kind kind) throws Exception {
    issuer.page("/.well-known/oauth-authorization-server", metadata(issuer.url()));
    String token = token("rsa-1");
    try (Started server = start(kind, discovering(issuer.url()))) {
      for (int i = 0; i < 6000 && issuer.count("/jwks") == 0; i++) {
        Thread.sleep(10);
      }
      assertEquals(1, issuer.count("/jwks"));
      assertEquals(200, status(server, "POST", "tools", "Bearer " + token));
      assertEquals(1, issuer.count("/jwks"));
    }
  }

  /** The keys come with the first request that needs them, once the issuer is there. */
  @ParameterizedTest
  @EnumSource
  void anIssuerThatIsDownDoesNotKeepAServerFromStarting(Kind kind) throws Exception {
    issuer.page("/jwks", 500);
    try (Started server = start(kind, server())) {
      for (int i = 0; i < 6000 && issuer.count("/jwks") == 0; i++) {
        Thread.sleep(10);
      }
      assertEquals(503, status(server, "POST", "tools", "Bearer " + token("rsa-1")));
      issuer.page("/jwks", Tokens.jwks("rsa-1"));
      clock.add(Duration.ofSeconds(11));
      assertEquals(200, status(server, "POST", "tools", "Bearer " + token("rsa-1")));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anIssuerThatSaysNothingDoesNotDelayAServer(Kind kind) throws Exception {
    try (HostileServer silent = new HostileServer(ServerSocketFactory.getDefault(), "", "")) {
      String url = "http://127.0.0.1:" + silent.port();
      ResourceServer oauth = ResourceServer.builder(Tokens.RESOURCE)
          .fetchMillis(60_000) // longer than this test may take
          .issuer(url)
          .build();
      try (Started server = start(kind, oauth)) {
        assertEquals(401, status(server, "POST", "tools", "-"));
        assertEquals(200, status(server, "GET", "/.well-known/oauth-protected-resource", "-"));
      }
    }
  }

  /** An authenticator that does not keep to the rules. */
  @ParameterizedTest
  @EnumSource
  void anAuthenticatorThatFailsDoesNotKeepAServerFromStarting(Kind kind) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Authenticator failing = new Authenticator() {
      @Override
      public Decision authenticate(HttpRequest request) {
        return Authenticator.unauthorized("Bearer");
      }

      @Override
      public void prepare() {
        asked.countDown();
        throw new IllegalStateException("cannot prepare");
      }
    };
    try (Started server = start(kind, failing)) {
      assertTrue(asked.await(60, TimeUnit.SECONDS));
      assertEquals(401, status(server, "POST", "tools", "-"));
    }
  }
}
