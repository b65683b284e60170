package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A function as a user writes it, invoked as the runtime does. */
final class TestFunction extends McpLambdaHandler {

  TestFunction(McpServer server, LambdaSettings settings) {
    super(server, settings);
  }

  JsonNode invoke(JsonNode event) {
    return invoke(Json.text(event));
  }

  JsonNode invoke(String event) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      handleRequest(new ByteArrayInputStream(event.getBytes(StandardCharsets.UTF_8)), out, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Json.parse(out.toString(StandardCharsets.UTF_8));
  }
}
