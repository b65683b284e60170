package dev.statelessmcp.examples.benchmarks.soak;

/** Writes messages. */
final class Messages {
  private static final String META = "\"_meta\":{"
      + "\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
      + "\"io.modelcontextprotocol/clientCapabilities\":{\"elicitation\":{}},"
      + "\"progressToken\":1}";

  private Messages() {}

  static String modern(String id, String method, String params) {
    return request(id, method, params.isEmpty() ? META : params + "," + META);
  }

  static String request(String id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":\"" + id + "\",\"method\":\"" + method + "\",\"params\":{"
        + params + "}}";
  }

  static String notification(String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":{" + params + "}}";
  }

  static String tool(String name, String arguments) {
    return "\"name\":\"" + name + "\",\"arguments\":{" + arguments + "}";
  }

  static String initialize(String id) {
    return request(
        id,
        "initialize",
        "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
            + "\"clientInfo\":{\"name\":\"soak\",\"version\":\"1\"}");
  }

  static final String LISTEN = "\"notifications\":{\"resourceSubscriptions\":[\"soak:///a\"]}";

  /** The text of a tool's answer, which has no quotation marks. */
  static String text(String answer) {
    String start = "\"text\":\"";
    int at = answer.indexOf(start);
    if (at < 0) {
      throw new IllegalStateException("no answer of a tool: " + answer);
    }
    return answer.substring(at + start.length(), answer.indexOf('"', at + start.length()));
  }
}
