package dev.statelessmcp.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.statelessmcp.json.Json;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import dev.statelessmcp.test.UserAnswer;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the texts of the answers, which the suite describes and does not check. */
class ConformanceServerTest {
  private final McpTestClient client = McpTestClient.of(ConformanceServer.create());

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          test_simple_text            | This is a simple text response for testing.
          test_multiple_content_types | Multiple content types test:
          test_error_handling         | This tool intentionally returns an error for testing
          """)
  void toolsAnswerWithTheWordsOfTheirScenarios(String tool, String text) {
    client
        .call(tool)
        .has("/content/0/text", text)
        .has("/isError", tool.equals("test_error_handling"));
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
    Map<String, String> arguments = switch (prompt) {
      case "test_prompt_with_arguments" -> Map.of("arg1", "a", "arg2", "b");
      case "test_prompt_with_embedded_resource" -> Map.of("resourceUri", "test://some");
      default -> Map.of();
    };
    client.prompt(prompt, arguments).has(pointer, text);
  }

  @Test
  void aTemplateReadsTheDataOfAnId() {
    TestAnswer answer = client.read("test://template/123/data");
    answer.has("/contents/0/uri", "test://template/123/data");
    assertEquals(
        Json.parse("{\"id\": \"123\", \"templateTest\": true, \"data\": \"Data for ID: 123\"}"),
        Json.parse(answer.text()));
  }

  @Test
  void answersEndUpInTheResult() {
    client
        .answers("user_name", UserAnswer.form(Map.of("name", "Alice")))
        .call("test_input_required_result_elicitation")
        .hasText("Hello, Alice!");
    TestAnswer confirmed = client
        .answers("confirm", UserAnswer.form(Map.of("ok", true)))
        .call("test_input_required_result_request_state")
        .hasText("state-ok, confirmed");
    assertEquals("confirm", confirmed.asked().get(0).key());
    assertTrue(confirmed.transcript().contains("\"resultType\":\"input_required\""));
  }
}
