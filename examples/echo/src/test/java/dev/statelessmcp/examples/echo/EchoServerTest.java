package dev.statelessmcp.examples.echo;

import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.test.McpTestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The server over HTTP, as a client sees it. */
class EchoServerTest {

  @Test
  void sendsTheTextBack() throws Exception {
    try (McpHttpServer http = McpHttpServer.builder(EchoServer.create()).port(0).start()) {
      McpTestClient client = McpTestClient.http(http.uri());
      client.call("echo", Map.of("message", "hello")).hasText("Echo: hello").hasStatus(200);
      client.legacy().call("echo", Map.of("message", "hello")).hasText("Echo: hello");
    }
  }
}
