package dev.statelessmcp.examples.benchmarks.coldstart;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.lambda.local.InvocationResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The event that every function is measured with: a tools/call from an HTTP API. */
final class EchoCall {
  private final byte[] event;
  private final ObjectMapper json = new ObjectMapper();

  private EchoCall(byte[] event) {
    this.event = event;
  }

  static EchoCall load() throws IOException {
    try (InputStream in = EchoCall.class.getResourceAsStream("event.json")) {
      if (in == null) {
        throw new IOException("event.json is missing in this build");
      }
      return new EchoCall(in.readAllBytes());
    }
  }

  byte[] event() {
    return event;
  }

  /** The event of a caller with an access token. */
  byte[] event(String token) {
    try {
      ObjectNode authorized = (ObjectNode) json.readTree(event);
      ((ObjectNode) authorized.get("headers")).put("authorization", "Bearer " + token);
      return json.writeValueAsBytes(authorized);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Checks the answer, because a fast error must not count as a fast start.
   *
   * @throws IOException if it is not the echo
   */
  void check(InvocationResult answer) throws IOException {
    if (answer.isError() || !isEcho(answer.text())) {
      throw new IOException("The function must answer with the echo, answered: " + answer);
    }
  }

  private boolean isEcho(String text) {
    try {
      JsonNode reply = json.readTree(text);
      JsonNode response = json.readTree(reply.path("body").asText());
      return reply.path("statusCode").asInt() == 200
          && response.path("id").asInt() == 1
          && response.at("/result/content/0/text").asText().equals("Echo: hi");
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
