package dev.statelessmcp.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.jsonrpc.JsonRpcMessage;
import dev.statelessmcp.jsonrpc.RequestId;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.transport.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the texts of the answers, which the suite describes and does not check. */
class ConformanceServerTest {
  private static final String CAPABILITIES =
      "{\"elicitation\": {}, \"sampling\": {}, \"roots\": {}}";

  private final McpServer server = ConformanceServer.create();

  private JsonNode result(String method, String params) {
    ObjectNode all = (ObjectNode) Json.parse(params);
    all.putObject("_meta")
        .put(RequestMeta.PROTOCOL_VERSION, "2026-07-28")
        .set(RequestMeta.CLIENT_CAPABILITIES, Json.parse(CAPABILITIES));
    JsonRpcMessage.Response response =
        server.handle(new JsonRpcMessage.Request(RequestId.of(1), method, all), new Exchange() {});
    return ((JsonRpcMessage.Result) response).result();
  }

  private JsonNode call(String tool, String members) {
    return result("tools/call", "{\"name\": \"" + tool + "\"" + members + "}");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          test_simple_text            | This is a simple text response for testing.
          test_multiple_content_types | Multiple content types test:
          test_error_handling         | This tool intentionally returns an error for testing
          """)
  void toolsAnswerWithTheWordsOfTheirScenarios(String tool, String text) {
    JsonNode result = call(tool, "");
    assertEquals(text, result.at("/content/0/text").textValue());
    assertEquals(tool.equals("test_error_handling"), result.get("isError").booleanValue());
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          test_simple_prompt         | /messages/0/content/text          | This is a simple prompt for testing.
          test_prompt_with_arguments | /messages/0/content/text          | Prompt with arguments: arg1='a', arg2='b'
          test_prompt_with_embedded_resource | /messages/0/content/resource/uri | test://some
          test_prompt_with_embedded_resource | /messages/1/content/text  | Please process the embedded resource above.
          test_prompt_with_image     | /messages/1/content/text          | Please analyze the image above.
          """)
  void promptsSayTheWordsOfTheirScenarios(String prompt, String pointer, String text) {
    String arguments = switch (prompt) {
      case "test_prompt_with_arguments" -> "{\"arg1\": \"a\", \"arg2\": \"b\"}";
      case "test_prompt_with_embedded_resource" -> "{\"resourceUri\": \"test://some\"}";
      default -> "{}";
    };
    JsonNode result =
        result("prompts/get", "{\"name\": \"" + prompt + "\", \"arguments\": " + arguments + "}");
    assertEquals(text, result.at(pointer).textValue());
  }

  @Test
  void aTemplateReadsTheDataOfAnId() {
    JsonNode contents =
        result("resources/read", "{\"uri\": \"test://template/123/data\"}").at("/contents/0");
    assertEquals("test://template/123/data", contents.get("uri").textValue());
    assertEquals(
        Json.parse("{\"id\": \"123\", \"templateTest\": true, \"data\": \"Data for ID: 123\"}"),
        Json.parse(contents.get("text").textValue()));
  }

  @Test
  void answersEndUpInTheResult() {
    String answer = """
        {"%s": {"action": "accept", "content": {%s}}}
        """;
    assertEquals(
        "Hello, Alice!",
        call(
                "test_input_required_result_elicitation",
                ", \"inputResponses\": " + answer.formatted("user_name", "\"name\": \"Alice\""))
            .at("/content/0/text")
            .textValue());
    JsonNode asked = call("test_input_required_result_request_state", "");
    assertEquals("input_required", asked.get("resultType").textValue());
    assertEquals(
        "state-ok, confirmed",
        call(
                "test_input_required_result_request_state",
                ", \"requestState\": "
                    + asked.get("requestState")
                    + ", \"inputResponses\": "
                    + answer.formatted("confirm", "\"ok\": true"))
            .at("/content/0/text")
            .textValue());
  }
}
