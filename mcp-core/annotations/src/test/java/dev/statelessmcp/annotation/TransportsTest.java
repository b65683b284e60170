package dev.statelessmcp.annotation;

import dev.statelessmcp.call.Caller;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.lambda.LambdaSettings;
import dev.statelessmcp.lambda.McpLambdaHandler;
import dev.statelessmcp.lambda.test.LambdaEvent;
import dev.statelessmcp.lambda.test.LambdaTransport;
import dev.statelessmcp.stdio.StdioTransport;
import dev.statelessmcp.test.McpTestClient;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The same server of annotated methods over every transport. */
class TransportsTest {

  @Nested
  class InMemoryTest extends WeatherSuite {
    @Override
    McpTestClient connect() {
      return McpTestClient.of(Weather.server());
    }

    @Test
    void callerIsHandedOver() {
      try (McpTestClient client = connect()) {
        client.caller(Caller.of("ann")).call("who").hasText("ann[]false");
      }
    }
  }

  /** A program as an author writes it. */
  static final class Program {
    public static void main(String[] arguments) {
      StdioTransport.of(Weather.server()).run();
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT) // they wait for a process to start
  class StdioTest extends WeatherSuite {
    @Override
    McpTestClient connect() {
      return McpTestClient.stdio(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:TieredStopAtLevel=1",
          "-cp",
          System.getProperty("java.class.path"),
          Program.class.getName());
    }
  }

  @Nested
  @Execution(ExecutionMode.CONCURRENT) // they wait for a server to stop
  class JettyTest extends WeatherSuite {
    private McpHttpServer http;

    @Override
    McpTestClient connect() throws Exception {
      http = McpHttpServer.builder(Weather.server()).port(0).start();
      return McpTestClient.http(http.uri());
    }

    @AfterEach
    void stop() {
      http.close();
    }

    @Test
    void headersAreThere() {
      McpTestClient.http(http.uri()).header("X-Team", "blue").call("who").hasText("[blue]false");
    }
  }

  /** A function as an author writes it. */
  private static final class Function extends McpLambdaHandler {
    Function() {
      super(Weather.server(), LambdaSettings.defaults().path("/mcp").allowProcessStateKeys());
    }
  }

  @Nested
  class LambdaTest extends WeatherSuite {
    @Override
    McpTestClient connect() {
      return McpTestClient.of(LambdaTransport.of(new Function(), LambdaEvent.HTTP_API, "/mcp"));
    }
  }
}
