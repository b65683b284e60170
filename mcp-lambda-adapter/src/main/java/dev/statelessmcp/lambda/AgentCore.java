package dev.statelessmcp.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.json.JsonSyntaxException;

/**
 * Amazon Bedrock AgentCore Gateway with the function as a target: the event is the bare arguments,
 * the client context names the tool, and the bare result goes back.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-add-target-lambda.html">Lambda
 *     function targets</a>
 */
final class AgentCore {
  private static final String TOOL_NAME = "bedrockAgentCoreToolName";

  private AgentCore() {}

  /** The tool that is called, without the name of the target; null for any other event. */
  static String tool(ClientContext context) {
    Object name = context.getCustom() == null ? null : context.getCustom().get(TOOL_NAME);
    if (!(name instanceof String whole)) {
      return null;
    }
    int delimiter = whole.indexOf("___");
    return delimiter < 0 ? whole : whole.substring(delimiter + 3);
  }

  /** That the event is no JSON. */
  static RuntimeException parseError(JsonSyntaxException e) {
    return new AgentCoreException("Parse error: " + e.getMessage());
  }

  /**
   * In the legacy era, whose results have nothing in them that only a 2026-07-28 client knows.
   *
   * @throws AgentCoreException if the event is not the arguments of a tool
   */
  static JsonNode message(String tool, JsonNode arguments) {
    if (!arguments.isObject()) {
      throw new AgentCoreException("The arguments of a tool must be an object");
    }
    ObjectNode message =
        Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", "tools/call");
    message.putObject("params").put("name", tool).set("arguments", arguments);
    return message;
  }

  /**
   * The bare result.
   *
   * @throws AgentCoreException if there is none, or it would not get through
   */
  static byte[] result(JsonNode answer) {
    if (!answer.has("result")) {
      throw new AgentCoreException(answer.path("error").path("message").asText("no result"));
    }
    byte[] result = Json.write(answer.get("result"));
    int most = EventSource.AGENTCORE_GATEWAY.maxAnswerBytes();
    if (result.length > most) {
      throw new AgentCoreException(Answers.tooLarge(result.length, most).message());
    }
    return result;
  }
}
