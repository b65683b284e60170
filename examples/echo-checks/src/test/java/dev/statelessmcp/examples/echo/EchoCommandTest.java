package dev.statelessmcp.examples.echo;

import dev.statelessmcp.test.McpTestClient;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The test of the page on stdio. */
class EchoCommandTest {

  @Test
  void echoes() {
    McpTestClient client = McpTestClient.of(EchoCommand.server());
    client.call("echo", Map.of("message", "hello")).hasText("Echo: hello");
  }

  @Test
  void echoesOverThePipe() {
    String java = ProcessHandle.current().info().command().orElse("java");
    String classPath = System.getProperty("java.class.path");
    try (McpTestClient client =
        McpTestClient.stdio(java, "-cp", classPath, EchoCommand.class.getName())) {
      client.call("echo", Map.of("message", "hello")).hasText("Echo: hello");
    }
  }
}
