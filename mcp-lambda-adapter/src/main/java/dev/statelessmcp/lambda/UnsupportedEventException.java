package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * The function received an event that carries no MCP, such as records of a queue. It is thrown
 * because a normal return would acknowledge the records.
 */
public final class UnsupportedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Members that only events of other services have. */
  private static final String[] FOREIGN = {
    "Records",
    "records",
    "detail-type",
    "requestContext",
    "eventSource",
    "source",
    "awslogs",
    "invocationSchemaVersion",
    "triggerSource",
    "RequestType"
  };

  UnsupportedEventException(JsonNode event) {
    super(
        "This function serves MCP for REST API, HTTP API, function URL, ALB, VPC Lattice, AgentCore"
            + " Gateway and direct invocation, but received " + what(event));
  }

  private static String what(JsonNode event) {
    if (event.path("requestContext").path("connectionId").isTextual()) {
      return "a message of a WebSocket API";
    }
    return "an event with the member \"" + member(event) + "\"";
  }

  /** Whether an event, which carries no HTTP, is of another service and not a message. */
  static boolean isForeign(JsonNode event) {
    return !event.has("jsonrpc") && member(event) != null;
  }

  private static @Nullable String member(JsonNode event) {
    for (String member : FOREIGN) {
      if (event.has(member)) {
        return member;
      }
    }
    return null;
  }

  /** Whether an event is from an EventBridge rule that keeps the function warm. */
  static boolean isScheduled(JsonNode event) {
    return event.path("detail-type").asText().equals("Scheduled Event");
  }
}
