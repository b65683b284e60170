package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * Thrown if the function receives an event that carries no MCP, such as records of a queue, because
 * a normal return would acknowledge the records.
 */
final class UnsupportedEventException extends IllegalArgumentException {
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

  /** The supported senders, for messages about other events. */
  static final String TAKES =
      "This function serves MCP for REST API, HTTP API, function URL, ALB, VPC Lattice, AgentCore"
          + " Gateway and direct invocation";

  /** An event to try the function with, for messages about other events. */
  static final String EXAMPLE =
      "invoke it directly with a JSON-RPC message such as {\"jsonrpc\":\"2.0\",\"id\":1,"
          + "\"method\":\"tools/list\"}";

  UnsupportedEventException(JsonNode event) {
    super(TAKES
        + ", but received "
        + what(event)
        + "; to try it, "
        + EXAMPLE
        + "; to serve such events, override otherEvent");
  }

  private static String what(JsonNode event) {
    if (event.path("requestContext").path("connectionId").isTextual()) {
      return "a message of a WebSocket API";
    }
    String member = member(event);
    String value = event.path(member).textValue(); // such as the source of a warmer
    return "an event with the member \""
        + member
        + "\""
        + (value == null ? "" : " (\"" + Json.printable(value, 64) + "\")");
  }

  /** Whether an event without an HTTP request is from another service, and not a message. */
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
