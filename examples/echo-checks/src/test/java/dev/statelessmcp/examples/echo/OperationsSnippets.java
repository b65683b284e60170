package dev.statelessmcp.examples.echo;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.jetty.McpHttpServer;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** The Java of the page on running a server. */
final class OperationsSnippets {
  private OperationsSnippets() {}

  static McpHttpServer behindLoadBalancer(McpServer server) throws Exception {
    return McpHttpServer.builder(server)
        .host("0.0.0.0")
        .port(8000)
        .allowedHosts(List.of("mcp.example.com"))
        .allowedOrigins(List.of()) // no web pages
        .health("/health")
        .drainTime(Duration.ofSeconds(15)) // longer than the balancer's interval
        .start();
  }

  static McpHttpServer encrypted(McpServer server, String password) throws Exception {
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath("server.p12");
    tls.setKeyStorePassword(password);
    return McpHttpServer.builder(server).tls(tls).start();
  }
}
