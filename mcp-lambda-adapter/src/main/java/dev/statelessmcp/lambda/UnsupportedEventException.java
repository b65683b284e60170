package dev.statelessmcp.lambda;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The function got an event that carries no MCP, such as records of a queue. It is thrown on
 * purpose: a normal return would tell the sender that its records were dealt with.
 */
public final class UnsupportedEventException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Members by which events of other sources are known. */
  private static final String[] FOREIGN = {"Records", "detail-type", "requestContext", "raw_path"};

  private UnsupportedEventException(String member) {
    super(
        "This function serves MCP for REST API, HTTP API, function URL, ALB and direct invocation; an"
            + " event with the member \""
            + member
            + "\" is none of these");
  }

  static void throwIfForeign(JsonNode event) throws UnsupportedEventException {
    if (event.has("jsonrpc")) {
      return;
    }
    for (String member : FOREIGN) {
      if (event.has(member)) {
        throw new UnsupportedEventException(member);
      }
    }
  }
}
