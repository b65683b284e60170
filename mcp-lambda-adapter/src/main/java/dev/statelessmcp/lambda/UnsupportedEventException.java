package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The function got an event that carries no MCP, such as records of a queue. It is thrown on
 * purpose: a normal return would tell the sender that its records were dealt with.
 */
public final class UnsupportedEventException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Members by which events of other sources are known. */
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
            + " Gateway and direct invocation; " + what(event) + " is none of these");
  }

  private static String what(JsonNode event) {
    if (event.path("requestContext").path("connectionId").isTextual()) {
      return "a message of a WebSocket API";
    }
    return "an event with the member \"" + member(event) + "\"";
  }

  /** Whether an event belongs to another service; what is none of ours and names none does not. */
  static boolean isForeign(JsonNode event) {
    return !event.has("jsonrpc") && member(event) != null;
  }

  private static String member(JsonNode event) {
    for (String member : FOREIGN) {
      if (event.has(member)) {
        return member;
      }
    }
    return null;
  }

  /** A rule of EventBridge that keeps the function warm, and needs no answer. */
  static boolean isScheduled(JsonNode event) {
    return event.path("detail-type").asText().equals("Scheduled Event");
  }
}
