package dev.statelessmcp.servlet.spring;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.test.McpTestClient;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** The test of the page on Spring Boot. */
class ApplicationTest {

  @Test
  void echoesInMemoryAndOverHttp() {
    try (ConfigurableApplicationContext application =
        SpringApplication.run(Application.class, "--server.port=0", "--server.address=127.0.0.1")) {
      check(McpTestClient.of(application.getBean(McpServer.class)));
      String port = application.getEnvironment().getProperty("local.server.port");
      check(McpTestClient.http(URI.create("http://127.0.0.1:" + port + "/mcp")));
    }
  }

  private static void check(McpTestClient client) {
    try (client) {
      client.call("echo", Map.of("message", "hello")).hasText("Echo: hello");
      client.call("echo", Map.of()).hasErrorAt("arguments.message", "is required");
    }
  }
}
