package dev.statelessmcp.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.examples.conformance.cli.Options;
import dev.statelessmcp.examples.conformance.cli.UsageException;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.RequestMeta;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server over HTTP with the options that a tester gives it. */
class ConformanceOptionsTest {
  private static final String CAPABILITIES =
      "{\"elicitation\": {}, \"extensions\": {\"" + WordsExtension.ID + "\": {}}}";
  private static final String ASKS = "{\"name\": \"test_input_required_result_request_state\"%s}";
  private static final String ANSWER =
      "{\"confirm\": {\"action\": \"accept\", \"content\": {\"ok\": true}}}";

  private final HttpClient client = HttpClient.newHttpClient();
  private McpHttpServer http;

  private void start(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("--port", "0"));
    all.addAll(List.of(options));
    http = ConformanceMain.http(Options.parse(Map.of(), all.toArray(String[]::new)))
        .start();
  }

  @AfterEach
  void stop() {
    if (http != null) {
      http.close();
    }
  }

  private HttpResponse<String> post(
      String method, String params, String capabilities, String... headers) throws Exception {
    ObjectNode all = (ObjectNode) Json.parse(params);
    all.putObject("_meta")
        .put(RequestMeta.PROTOCOL_VERSION, "2026-07-28")
        .set(RequestMeta.CLIENT_CAPABILITIES, Json.parse(capabilities));
    ObjectNode message = Json.object().put("jsonrpc", "2.0").put("id", 1).put("method", method);
    message.set("params", all);
    HttpRequest.Builder request = HttpRequest.newBuilder(http.uri())
        .header("Content-Type", "application/json")
        .header("Accept", "application/json, text/event-stream")
        .header("MCP-Protocol-Version", "2026-07-28")
        .header("Mcp-Method", method)
        .POST(HttpRequest.BodyPublishers.ofString(Json.text(message)));
    for (String member : List.of("name", "text", "uri")) {
      if (all.has(member)) {
        request.header("Mcp-Name", all.get(member).textValue());
      }
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode answer(String method, String params, String... headers) throws Exception {
    return Json.parse(post(method, params, CAPABILITIES, headers).body());
  }

  private static String text(JsonNode answer) {
    return answer.at("/result/content/0/text").asText(answer.toString());
  }

  private static String token(String token) {
    return "Bearer " + token;
  }

  @ParameterizedTest
  @CsvSource({
    "tools/list, tools, name",
    "prompts/list, prompts, name",
    "resources/list, resources, uri",
    "resources/templates/list, resourceTemplates, uriTemplate",
    "words/list, words, word"
  })
  void everyListHasSeveralPages(String method, String member, String key) throws Exception {
    start("--page-size", "1");
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      JsonNode result = answer(
              method, cursor == null ? "{}" : Json.text(Json.object().put("cursor", cursor)))
          .path("result");
      assertEquals(1, result.path(member).size(), result::toString);
      found.add(result.path(member).get(0).get(key).textValue());
      cursor = result.path("nextCursor").textValue();
    } while (cursor != null && found.size() < 100);
    assertTrue(found.size() > 1, found::toString);
    assertEquals(found.size(), new HashSet<>(found).size(), found::toString);
  }

  @Test
  void integerAndBooleanHeadersAreOptional() throws Exception {
    start();
    String call = "{\"name\": \"test_x_mcp_header_optional\", \"arguments\": %s}";
    assertEquals("Priority: none, dry run: none", text(answer("tools/call", call.formatted("{}"))));
    String arguments = call.formatted("{\"priority\": 3, \"dryRun\": true}");
    assertEquals(
        "Priority: 3, dry run: true",
        text(answer(
            "tools/call", arguments, "Mcp-Param-Priority", "3", "Mcp-Param-Dry-Run", "true")));
    for (String[] headers : new String[][] {
      {"Mcp-Param-Priority", "3"},
      {"Mcp-Param-Priority", "4", "Mcp-Param-Dry-Run", "true"},
      {"Mcp-Param-Priority", "3", "Mcp-Param-Dry-Run", "false"}
    }) {
      JsonNode refused = answer("tools/call", arguments, headers);
      assertEquals(-32020, refused.at("/error/code").asInt(), refused::toString);
    }
  }

  @Test
  void structuredContentSatisfiesAnOutputSchemaWithoutArguments() throws Exception {
    start();
    JsonNode result = answer("tools/call", "{\"name\": \"test_output_schema\", \"arguments\": {}}")
        .get("result");
    assertEquals(
        Json.parse("{\"city\":\"Bern\",\"temperature\":21.5,\"sunny\":true,\"hours\":[9,12,15]}"),
        result.get("structuredContent"));
    for (JsonNode tool : answer("tools/list", "{}").at("/result/tools")) {
      if (tool.get("name").textValue().equals("test_output_schema")) {
        assertEquals(4, tool.at("/outputSchema/required").size());
        assertEquals(0, tool.at("/inputSchema/required").size());
        return;
      }
    }
    throw new AssertionError("test_output_schema is not listed");
  }

  @Test
  void extensionIsDeclaredAndServesThoseWhoKnowIt() throws Exception {
    start();
    assertEquals(
        Json.parse("{\"languages\": 1}"),
        answer("server/discover", "{}")
            .at("/result/capabilities/extensions")
            .path(WordsExtension.ID));
    String text = "{\"text\": \"three short words\"}";
    assertEquals(3, answer("words/count", text).at("/result/count").asInt());
    HttpResponse<String> refused = post("words/count", text, "{}");
    assertEquals(-32021, Json.parse(refused.body()).at("/error/code").asInt(), refused::body);
    assertEquals(-32602, answer("words/count", "{}").at("/error/code").asInt());
  }

  @Test
  void stateIsRefusedAfterItsTime() throws Exception {
    start("--state-ttl", "1");
    String state =
        answer("tools/call", ASKS.formatted("")).at("/result/requestState").textValue();
    Thread.sleep(1100);
    JsonNode late = answer(
        "tools/call",
        ASKS.formatted(", \"requestState\": \"" + state + "\", \"inputResponses\": " + ANSWER));
    assertEquals(-32602, late.at("/error/code").asInt(), late::toString);
  }

  @Test
  void tokensMakePrincipals() throws Exception {
    start("--tokens", "a,b");
    String caller = "{\"name\": \"test_caller\"}";
    for (String[] headers : new String[][] {
      {}, {"Authorization", token("c")}, {"Authorization", "Basic a"}, {"Authorization", "a"}
    }) {
      HttpResponse<String> refused = post("tools/call", caller, CAPABILITIES, headers);
      assertEquals(401, refused.statusCode(), refused::body);
      assertEquals("Bearer", refused.headers().firstValue("WWW-Authenticate").orElse(null));
    }
    assertEquals("principal-1", text(answer("tools/call", caller, "Authorization", token("a"))));
    assertEquals("principal-2", text(answer("tools/call", caller, "Authorization", "bearer b")));
    String only = "{\"name\": \"test_only_principal_1\"}";
    assertEquals(
        "You are principal-1", text(answer("tools/call", only, "Authorization", token("a"))));
    assertEquals(
        -32602,
        answer("tools/call", only, "Authorization", token("b"))
            .at("/error/code")
            .asInt());
  }

  @Test
  void stateOfOnePrincipalIsRefusedFromAnother() throws Exception {
    start("--tokens", "a,b");
    String state = answer("tools/call", ASKS.formatted(""), "Authorization", token("a"))
        .at("/result/requestState")
        .textValue();
    String answered =
        ASKS.formatted(", \"requestState\": \"" + state + "\", \"inputResponses\": " + ANSWER);
    JsonNode other = answer("tools/call", answered, "Authorization", token("b"));
    assertEquals(-32602, other.at("/error/code").asInt(), other::toString);
    assertEquals(
        "state-ok, confirmed", text(answer("tools/call", answered, "Authorization", token("a"))));
  }

  @Test
  void withoutTokensEverybodyIsAnonymous() throws Exception {
    start();
    assertEquals("anonymous", text(answer("tools/call", "{\"name\": \"test_caller\"}")));
    assertFalse(answer("tools/list", "{}").toString().contains("test_only_principal_1"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          --page-size 0             | --page-size must be a whole number of at least 1, was "0"
          --state-ttl soon          | --state-ttl must be a whole number of at least 1, was "soon"
          --tokens a,,b             | --tokens must be different tokens, separated by commas
          --tokens a,a              | --tokens must be different tokens, separated by commas
          --mode stdio --tokens a   | --tokens is for --mode streamable-http
          --tokens                  | --tokens needs a value
          """)
  void whatIsWrongIsNamed(String options, String message) {
    UsageException refused =
        assertThrows(UsageException.class, () -> Options.parse(Map.of(), options.split(" ")));
    assertEquals(message, refused.getMessage());
  }

  @Test
  void environmentIsRead() throws Exception {
    Map<String, String> environment =
        Map.of("CONFORMANCE_PAGE_SIZE", "2", "CONFORMANCE_TOKENS", "a, b");
    Settings settings = Options.parse(environment, "--page-size", "3").settings();
    assertEquals(3, settings.pageSize());
    assertEquals(List.of("a", "b"), settings.tokens());
  }
}
