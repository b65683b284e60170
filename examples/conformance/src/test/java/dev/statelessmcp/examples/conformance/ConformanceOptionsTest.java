package dev.statelessmcp.examples.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.examples.conformance.cli.Options;
import dev.statelessmcp.examples.conformance.cli.UsageException;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.jetty.McpHttpServer;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.RequestMeta;
import dev.statelessmcp.test.McpTestClient;
import dev.statelessmcp.test.TestAnswer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server over HTTP with the options that a tester gives it. */
@Execution(ExecutionMode.CONCURRENT) // they wait for a server to stop
class ConformanceOptionsTest {
  private static final String ANSWER =
      "{\"confirm\": {\"action\": \"accept\", \"content\": {\"ok\": true}}}";

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

  private McpTestClient client() {
    return McpTestClient.http(http.uri()).can(QuestionKind.FORM).extension(WordsExtension.ID);
  }

  private McpTestClient client(String authorization) {
    return client().header("Authorization", authorization);
  }

  /** Calls a tool once: without learning headers, and without answering its questions. */
  private static TestAnswer callOnce(McpTestClient client, String tool, String more) {
    ObjectNode params = (ObjectNode) Json.parse(more);
    ObjectNode meta = params.put("name", tool).putObject("_meta");
    meta.put(RequestMeta.PROTOCOL_VERSION, "2026-07-28");
    meta.putObject(RequestMeta.CLIENT_CAPABILITIES).putObject("elicitation");
    return client.raw("tools/call", params);
  }

  private static TestAnswer ask(McpTestClient client, String more) {
    return callOnce(client, "test_input_required_result_request_state", more);
  }

  private static String answered(String state) {
    return "{\"requestState\": \"" + state + "\", \"inputResponses\": " + ANSWER + "}";
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
    McpTestClient client = client();
    List<String> found = new ArrayList<>();
    String cursor = null;
    do {
      ObjectNode params = Json.object();
      TestAnswer page =
          client.request(method, cursor == null ? params : params.put("cursor", cursor));
      assertEquals(1, page.at("/" + member).size(), page::toString);
      found.add(page.at("/" + member).get(0).get(key).textValue());
      cursor = page.at("/nextCursor").textValue();
    } while (cursor != null && found.size() < 100);
    assertTrue(found.size() > 1, found::toString);
    assertEquals(found.size(), new HashSet<>(found).size(), found::toString);
  }

  @Test
  void integerAndBooleanHeadersAreOptional() throws Exception {
    start();
    String tool = "test_x_mcp_header_optional";
    client().call(tool).hasText("Priority: none, dry run: none");
    String arguments = "{\"arguments\": {\"priority\": 3, \"dryRun\": true}}";
    McpTestClient both =
        client().header("Mcp-Param-Priority", "3").header("Mcp-Param-Dry-Run", "true");
    callOnce(both, tool, arguments).hasText("Priority: 3, dry run: true");
    for (McpTestClient wrong : List.of(
        client().header("Mcp-Param-Priority", "3"),
        both.header("Mcp-Param-Priority", "4"),
        both.header("Mcp-Param-Dry-Run", "false"))) {
      callOnce(wrong, tool, arguments).hasError(-32020);
    }
  }

  @Test
  void structuredContentSatisfiesAnOutputSchemaWithoutArguments() throws Exception {
    start();
    McpTestClient client = client();
    client
        .call("test_output_schema")
        .hasStructured(
            "{\"city\":\"Bern\",\"temperature\":21.5,\"sunny\":true,\"hours\":[9,12,15]}");
    ObjectNode tool = client.tools().get("test_output_schema");
    assertEquals(4, tool.at("/outputSchema/required").size());
    assertEquals(0, tool.at("/inputSchema/required").size());
  }

  @Test
  void extensionIsDeclaredAndServesThoseWhoKnowIt() throws Exception {
    start();
    McpTestClient client = client();
    assertEquals(
        Json.parse("{\"languages\": 1}"),
        client.server().at("/capabilities/extensions").path(WordsExtension.ID));
    String text = "three short words";
    ObjectNode params = Json.object().put("text", text);
    client.header("Mcp-Name", text).request("words/count", params).has("/count", 3);
    client.can().header("Mcp-Name", text).request("words/count", params).hasError(-32021);
    client.request("words/count", Json.object()).hasError(-32602);
  }

  @Test
  void stateIsRefusedAfterItsTime() throws Exception {
    start("--state-ttl", "1");
    String state = ask(client(), "{}").at("/requestState").textValue();
    Thread.sleep(1100);
    ask(client(), answered(state)).hasError(-32602);
  }

  @Test
  void tokensMakePrincipals() throws Exception {
    start("--tokens", "a,b");
    for (McpTestClient refused :
        List.of(client(), client(token("c")), client("Basic a"), client("a"))) {
      TestAnswer answer = refused.call("test_caller").hasStatus(401);
      assertEquals("Bearer", answer.header("WWW-Authenticate").orElse(null));
    }
    client(token("a")).call("test_caller").hasText("principal-1");
    client("bearer b").call("test_caller").hasText("principal-2");
    client(token("a")).call("test_only_principal_1").hasText("You are principal-1");
    client(token("b")).call("test_only_principal_1").hasError(-32602);
  }

  @Test
  void stateOfOnePrincipalIsRefusedFromAnother() throws Exception {
    start("--tokens", "a,b");
    String state = ask(client(token("a")), "{}").at("/requestState").textValue();
    ask(client(token("b")), answered(state)).hasError(-32602);
    ask(client(token("a")), answered(state)).hasText("state-ok, confirmed");
  }

  @Test
  void withoutTokensAllCallersAreAnonymous() throws Exception {
    start();
    client().call("test_caller").hasText("anonymous");
    assertFalse(client().tools().containsKey("test_only_principal_1"));
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
  void errorsAreNamed(String options, String message) {
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
