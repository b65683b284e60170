package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcError;
import dev.statelessmcp.protocol.ProtocolVersion;
import dev.statelessmcp.protocol.RequestMeta;
import org.jspecify.annotations.Nullable;

/**
 * Serves a tool call of Amazon Bedrock AgentCore Gateway, of which the function is a target. The
 * event is the bare arguments, the client context names the tool, and the answer is the bare
 * result. The gateway treats every normal return as a result, so an error is thrown.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-add-target-lambda.html">Lambda
 *     function targets</a>
 */
final class AgentCoreCall extends MessageCall {
  private static final String TOOL_NAME = "bedrockAgentCoreToolName";

  private AgentCoreCall(McpServer server, JsonNode message, int bytes, Invocation invocation) {
    super(server, message, bytes, invocation);
  }

  /**
   * Creates a call. Because of its return type the JVM does not load this class for other events.
   *
   * @throws AgentCoreException if the event is not the arguments of a tool
   */
  static EventCall of(
      McpServer server, String tool, JsonNode arguments, int bytes, Invocation invocation) {
    return new AgentCoreCall(server, message(tool, arguments), bytes, invocation);
  }

  /** The tool that is called, without the name of the target; null for events of other senders. */
  static @Nullable String tool(ClientContext client) {
    Object name = client.getCustom() == null ? null : client.getCustom().get(TOOL_NAME);
    if (!(name instanceof String whole)) {
      return null;
    }
    int delimiter = whole.indexOf("___");
    return delimiter < 0 ? whole : whole.substring(delimiter + 3);
  }

  /** Creates the exception; it has its supertype here, so that callers do not load its class. */
  static RuntimeException failure(String message) {
    return new AgentCoreException(message);
  }

  private static JsonNode message(String tool, JsonNode arguments) {
    if (!arguments.isObject()) {
      throw new AgentCoreException("The arguments of a tool must be an object");
    }
    ObjectNode message =
        Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", "tools/call");
    message.putObject("params").put("name", tool).set("arguments", arguments);
    return message;
  }

  /**
   * {@inheritDoc} The newest legacy revision, because the gateway expects results without members
   * of 2026-07-28.
   */
  @Override
  public RequestMeta legacyClient() {
    return RequestMeta.of(ProtocolVersion.NEWEST_LEGACY);
  }

  @Override
  JsonNode toSender(JsonNode message) {
    if (!message.has("result")) {
      throw new AgentCoreException(message.path("error").path("message").asText("no result"));
    }
    return message.get("result");
  }

  @Override
  Answer answer(JsonRpcError error) {
    throw new AgentCoreException(error.message());
  }
}
