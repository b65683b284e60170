package dev.statelessmcp.examples.javasdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Implementation;
import io.modelcontextprotocol.spec.McpSchema.InitializeResult;
import io.modelcontextprotocol.spec.McpSchema.ListToolsResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client of the official Java SDK uses the echo server. */
@Timeout(120)
class JavaSdkClientTest {
  private static final Duration REQUEST_LIMIT = Duration.ofSeconds(30);
  private static final int INVALID_PARAMS = -32602;

  private static ExampleServer httpServer;
  private static ExampleServer lambda;

  enum Channel {
    HTTP,
    STDIO,
    /** A REST API in front of the Lambda function, with the API's stage in the path. */
    LAMBDA
  }

  @BeforeAll
  static void startServer() throws IOException, InterruptedException {
    httpServer = ExampleServer.start("echo", "--mode", "streamable-http", "--host", "127.0.0.1");
    if (OS.LINUX.isCurrentOs()) { // AWS's runtime client is only for Linux
      lambda = ExampleServer.start("echo", "--mode", "lambda", "--event", "rest", "--stage", "dev");
    }
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    for (ExampleServer server : new ExampleServer[] {httpServer, lambda}) {
      if (server != null) {
        server.stop();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void initializes(Channel channel) {
    withClient(channel, (client, initialized) -> {
      assertEquals("2025-11-25", initialized.protocolVersion());
      assertNotNull(initialized.capabilities().tools());
      assertFalse(initialized.serverInfo().name().isEmpty());
      assertFalse(initialized.serverInfo().version().isEmpty());
    });
  }

  @ParameterizedTest
  @EnumSource
  void listsTheTool(Channel channel) {
    withClient(channel, client -> {
      ListToolsResult result = client.listTools();
      assertNull(result.nextCursor());
      assertEquals(List.of("echo"), result.tools().stream().map(Tool::name).toList());
      Tool tool = result.tools().get(0);
      assertEquals("A simple echo tool", tool.description());
      assertEquals("object", tool.inputSchema().get("type"));
      assertEquals(List.of("message"), tool.inputSchema().get("required"));
      Map<?, ?> properties = assertInstanceOf(Map.class, tool.inputSchema().get("properties"));
      assertEquals(Set.of("message"), properties.keySet());
    });
  }

  @ParameterizedTest
  @EnumSource
  void callsTheTool(Channel channel) {
    withClient(channel, client -> {
      for (String message : List.of("hello", "", "Grüße, 世界 🌍 \"\\\n\t\u2028 end")) {
        CallToolResult result = client.callTool(echo(Map.of("message", message)));
        assertNotEquals(true, result.isError());
        assertEquals("Echo: " + message, onlyText(result));
      }
    });
  }

  @ParameterizedTest
  @EnumSource
  void pings(Channel channel) {
    withClient(channel, client -> assertNotNull(client.ping()));
  }

  @ParameterizedTest
  @EnumSource
  void isToldThatAToolIsUnknown(Channel channel) {
    withClient(channel, client -> {
      CallToolRequest request =
          CallToolRequest.builder("no-such-tool").arguments(Map.of()).build();
      McpError error = assertThrows(McpError.class, () -> client.callTool(request));
      assertEquals(INVALID_PARAMS, error.getJsonRpcError().code());
      assertNotNull(client.ping());
    });
  }

  @ParameterizedTest
  @EnumSource
  void isToldThatArgumentsAreWrong(Channel channel) {
    withClient(channel, client -> {
      CallToolResult missing = client.callTool(echo(Map.of()));
      assertEquals(true, missing.isError());
      assertFalse(onlyText(missing).isEmpty());
      CallToolResult object = client.callTool(echo(Map.of("message", Map.of("a", 7))));
      assertEquals(true, object.isError());
      assertNotNull(client.ping());
    });
  }

  private static CallToolRequest echo(Map<String, Object> arguments) {
    return CallToolRequest.builder("echo").arguments(arguments).build();
  }

  private static String onlyText(CallToolResult result) {
    assertEquals(1, result.content().size());
    return assertInstanceOf(TextContent.class, result.content().get(0)).text();
  }

  private interface Check {
    void with(McpSyncClient client, InitializeResult initialized);
  }

  private static void withClient(Channel channel, Consumer<McpSyncClient> check) {
    withClient(channel, (client, initialized) -> check.accept(client));
  }

  private static void withClient(Channel channel, Check check) {
    McpSyncClient client = McpClient.sync(transport(channel))
        .clientInfo(Implementation.builder("java-sdk-client-checks", "0.0.0").build())
        .requestTimeout(REQUEST_LIMIT)
        .initializationTimeout(REQUEST_LIMIT)
        .build();
    try {
      check.with(client, client.initialize());
    } finally {
      client.closeGracefully();
    }
  }

  private static McpClientTransport transport(Channel channel) {
    return switch (channel) {
      case HTTP -> http(httpServer);
      case LAMBDA -> {
        assumeTrue(lambda != null, "the function needs AWS's runtime client, which is for Linux");
        yield http(lambda);
      }
      case STDIO -> {
        List<String> command = ExampleServer.command("echo", "--mode", "stdio");
        yield new StdioClientTransport(
            ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .build(),
            McpJsonDefaults.getMapper());
      }
    };
  }

  private static McpClientTransport http(ExampleServer server) {
    URI address = server.address();
    return HttpClientStreamableHttpTransport.builder(address.resolve("/").toString())
        .endpoint(address.getPath())
        .build();
  }
}
