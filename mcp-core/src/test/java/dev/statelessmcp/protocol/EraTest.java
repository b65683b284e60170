package dev.statelessmcp.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EraTest {

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
          LEGACY | tools/list | {} | -
          LEGACY | tools/list | {} | 2025-11-25
          LEGACY | tools/list | {} | 2024-11-05
          LEGACY | tools/list | {} | 2027-01-01
          LEGACY | tools/list | {} | ''
          LEGACY | initialize | {"protocolVersion":"2026-07-28"} | -
          LEGACY | tools/list | {"_meta":{}} | -
          LEGACY | tools/list | {"_meta":{"progressToken":1}} | -
          LEGACY | tools/list | {"_meta":{"io.modelcontextprotocol/serverInfo":{}}} | -
          LEGACY | tools/list | {"_meta":{"io.modelcontextprotocol/related-task":{}}} | -
          LEGACY | tools/list | {"_meta":"io.modelcontextprotocol/protocolVersion"} | -
          LEGACY | tools/list | {"_meta":["io.modelcontextprotocol/protocolVersion"]} | -
          LEGACY | tools/list | {"io.modelcontextprotocol/protocolVersion":"2026-07-28"} | -
          LEGACY | server/Discover | {} | -
          MODERN | tools/list | {} | 2026-07-28
          MODERN | initialize | {} | 2026-07-28
          MODERN | server/discover | {} | -
          MODERN | subscriptions/listen | {} | 2025-11-25
          MODERN | tools/list | {"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}} | -
          MODERN | tools/list | {"_meta":{"io.modelcontextprotocol/protocolVersion":"2025-11-25"}} | 2025-11-25
          MODERN | tools/list | {"_meta":{"io.modelcontextprotocol/protocolVersion":null}} | -
          MODERN | tools/list | {"_meta":{"io.modelcontextprotocol/clientInfo":{}}} | -
          MODERN | tools/list | {"_meta":{"io.modelcontextprotocol/clientCapabilities":{}}} | -
          MODERN | tools/list | {"_meta":{"io.modelcontextprotocol/logLevel":"info"}} | -
          """)
  void isDecidedByMetaHeaderAndMethod(Era era, String method, String params, String header) {
    ObjectNode tree = (ObjectNode) Json.parse(params);
    assertEquals(
        era,
        McpServer.named("n", "1")
            .build()
            .port()
            .eraOf(new JsonRpcMessage.Request(RequestId.of(1), method, tree), header));
  }
}
