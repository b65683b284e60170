package dev.statelessmcp.examples.javasdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Every type that a record may have, with random values: the client holds each answer against the
 * derived output schema. {@code -Dtypes.seed=N} makes the values of an earlier run again.
 */
@Timeout(180)
class TypesTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final int VALUES = 100;

  private final long seed = Long.getLong("types.seed", System.nanoTime());

  @Test
  void randomValuesAreAcceptedOverHttp() throws Exception {
    ExampleServer server =
        ExampleServer.start("conformance", "--mode", "streamable-http", "--host", "127.0.0.1");
    try {
      URI address = server.address();
      check(HttpClientStreamableHttpTransport.builder(address.resolve("/").toString())
          .endpoint(address.getPath())
          .build());
    } finally {
      server.stop();
    }
  }

  @Test
  void randomValuesAreAcceptedOverStdio() {
    List<String> command = ExampleServer.command("conformance", "--mode", "stdio");
    check(new StdioClientTransport(
        ServerParameters.builder(command.get(0))
            .args(command.subList(1, command.size()))
            .build(),
        McpJsonDefaults.getMapper()));
  }

  private void check(McpClientTransport transport) {
    System.out.println("-Dtypes.seed=" + seed);
    McpSyncClient client = McpClient.sync(transport)
        .requestTimeout(LIMIT)
        .initializationTimeout(LIMIT)
        .enableCallToolSchemaCaching(true)
        .build();
    try {
      client.initialize();
      assertTrue(client.listTools().tools().stream()
          .anyMatch(
              tool -> tool.name().equals("test_random_types") && tool.outputSchema() != null));
      Random random = new Random(seed);
      for (int i = 0; i < VALUES; i++) {
        Map<String, Object> value =
            structured(client, "test_random_types", Map.of("seed", random.nextInt()));
        // Numbers that the client rounds may be others when they come back
        Map<String, Object> given = new LinkedHashMap<>(value);
        for (String rounded : List.of("huge", "exact", "set")) {
          given.remove(rounded);
        }
        Map<String, Object> sent = new LinkedHashMap<>(given);
        sent.putAll(Map.of("huge", 1, "exact", 1, "set", List.of(1)));
        Map<String, Object> echoed =
            new LinkedHashMap<>(structured(client, "test_echo_types", sent));
        echoed.keySet().removeAll(List.of("huge", "exact", "set"));
        assertEquals(given, echoed, () -> "-Dtypes.seed=" + seed);
      }
    } finally {
      client.closeGracefully();
    }
  }

  @SuppressWarnings("unchecked") // the members of a JSON object
  private Map<String, Object> structured(
      McpSyncClient client, String tool, Map<String, Object> arguments) {
    CallToolResult result =
        client.callTool(CallToolRequest.builder(tool).arguments(arguments).build());
    assertNotEquals(true, result.isError(), () -> "-Dtypes.seed=" + seed + ": " + result.content());
    return assertInstanceOf(Map.class, result.structuredContent());
  }
}
