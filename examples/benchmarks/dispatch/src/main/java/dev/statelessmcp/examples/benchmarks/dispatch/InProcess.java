package dev.statelessmcp.examples.benchmarks.dispatch;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.JsonLimits;
import dev.statelessmcp.jsonrpc.JsonRpcCodec;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.transport.Exchange;

/** Serves a request as a transport without HTTP does: bytes in, bytes out. */
final class InProcess {
  private final JsonRpcCodec codec = new JsonRpcCodec(JsonLimits.DEFAULT);
  private final McpServer server;

  InProcess(McpServer server) {
    this.server = server;
  }

  byte[] answer(byte[] request) throws Exception {
    return JsonRpcCodec.write(
        server.handle((JsonRpcMessage.Request) codec.read(request), new Exchange() {}));
  }
}
