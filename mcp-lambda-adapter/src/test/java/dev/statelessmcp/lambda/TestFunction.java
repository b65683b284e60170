package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A function as a user writes it, invoked as the runtime does. */
public final class TestFunction extends McpLambdaHandler {

  public TestFunction(McpServer server, LambdaSettings settings) {
    super(server, settings);
  }

  public JsonNode invoke(JsonNode event) {
    return invoke(Json.text(event));
  }

  JsonNode invoke(String event) {
    return invoke(event, null);
  }

  JsonNode invoke(JsonNode event, Context context) {
    return invoke(Json.text(event), context);
  }

  JsonNode invoke(String event, Context context) {
    byte[] answer = invoke(event.getBytes(StandardCharsets.UTF_8), context);
    return Json.parse(new String(answer, StandardCharsets.UTF_8));
  }

  byte[] invoke(byte[] event, Context context) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      handleRequest(new ByteArrayInputStream(event), out, context);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
