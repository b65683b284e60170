package dev.statelessmcp.test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.statelessmcp.McpServer;
import dev.statelessmcp.http.Authenticator;
import dev.statelessmcp.http.StreamableHttp;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.intercept.TrafficLog;
import dev.statelessmcp.json.Json;
import dev.statelessmcp.protocol.McpException;
import dev.statelessmcp.testing.SilentLog;
import dev.statelessmcp.tool.NoArguments;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a traffic log shows, and what it hides. {@link KitSuite} has it on every transport. */
@ExtendWith(SilentLog.class)
class TrafficLogTest {
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private McpServer server(TrafficLog log) {
    return McpServer.named("test", "1")
        .observer(log)
        .tool(Tool.ofSchema(
            "echo",
            "Echoes",
            "{\"type\":\"object\"}",
            (arguments, call) -> ToolResult.text(Json.text(arguments))))
        .tool(Tool.of("refuse", "Refuses", NoArguments.class, (none, call) -> {
          throw new McpException(-32000, "not for Ann");
        }))
        .tool(Tool.of("break", "Fails", NoArguments.class, (none, call) -> {
          throw new IllegalStateException("a bug");
        }))
        .tool(Tool.of("ask", "Asks", NoArguments.class, (none, call) -> {
              SampleServer.Name name =
                  call.ask("name", Question.form("Your name?", SampleServer.Name.class));
              return ToolResult.text(name.name());
            })
            .asks(QuestionKind.FORM))
        .build();
  }

  private McpTestClient client(TrafficLog log) {
    return McpTestClient.of(server(log));
  }

  private TrafficLog log() {
    return TrafficLog.to(lines::add);
  }

  private void assertLine(int at, String... parts) {
    for (String part : parts) {
      assertTrue(lines.get(at).contains(part), () -> part + " in " + lines.get(at));
    }
  }

  @Test
  void contentIsShownOnRequestAndSecretsNever() {
    ObjectNode arguments = Json.object().put("city", "Oslo").put("api_key", "s3cret");
    arguments.putArray("logins").addObject().put("user", "ann").put("Password", "s3cret");
    arguments
        .put("uri", "https://ann:s3cret@example.com/a?sig=s3cret")
        .put("sessionToken", "s3cret");
    client(log().withContent())
        .header("X-Api-Key", "s3cret")
        .header("Cookie", "s3cret")
        .header("X-Team", "blue")
        .call("echo", arguments)
        .isOk();
    assertLine(0, "\"city\":\"Oslo\"", "\"user\":\"ann\"", "https://example.com/a", "x-team=blue");
    assertLine(0, "\"api_key\":\"(hidden)\"", "cookie=(hidden)", "\"progressToken\":1");
    assertFalse(lines.get(0).contains("s3cret"), lines.get(0));
    assertLine(1, "<-- id=1 tools/call ", "\"content\":[{");
  }

  @Test
  void redactionOfTheUserDecides() {
    List<ObjectNode> seen = new ArrayList<>();
    client(log().redacting(content -> {
          seen.add(content.deepCopy());
          return content.retain("name", "arguments");
        }))
        .call("echo", Map.of("city", "Oslo", "token", "s3cret"))
        .isOk();
    assertLine(0, " {\"name\":\"echo\",\"arguments\":{");
    assertEquals("(hidden)", seen.get(0).at("/arguments/token").textValue());
    assertTrue(lines.get(1).endsWith(" ms {}"), lines.get(1));
  }

  @Test
  void lineIsBoundedAndCannotBeForged() {
    client(log().withContent().maxLength(300))
        .call("echo", Map.of("text", "a\n<-- id=9\u202e\u0085" + "x".repeat(1000)));
    assertTrue(lines.get(0).contains("\\n<-- id=9\\u202e\\u0085xxx"), lines.get(0));
    assertTrue(lines.get(0).length() < 400 && lines.get(0).endsWith(" characters)"), lines.get(0));
    assertThrows(IllegalArgumentException.class, () -> log().maxLength(99));
  }

  @Test
  void errorsHaveTheirCode() {
    McpTestClient client = client(log());
    client.call("refuse").hasError(-32000);
    client.call("break").hasError(-32603);
    client.call("unknown").hasError(-32602);
    assertTrue(lines.get(1).endsWith(" ms error -32000"), lines.get(1)); // may quote arguments
    assertTrue(lines.get(3).endsWith(" ms error -32603"), lines.get(3));
    assertLine(5, "-32602");
    client(log().withContent()).call("refuse").hasError(-32000);
    assertTrue(lines.get(7).endsWith("error -32000 not for Ann"), lines.get(7));
  }

  @Test
  void refusedRequestIsShown() {
    StreamableHttp endpoint = StreamableHttp.builder(server(log()))
        .authenticator(request -> Authenticator.unauthorized("Bearer"))
        .build();
    McpTestClient.of(endpoint, "/mcp").raw("ping", Json.object()).hasStatus(401);
    assertLine(0, "--> (unread) transport=");
    assertLine(1, "<-- (unread) ", " refused ");
  }

  @Test
  void questionOfALegacyServerAndItsAnswerAreShown() {
    McpTestClient client = client(log()).answers("name", new SampleServer.Name("Ann"));
    client.legacy().call("ask").hasText("Ann");
    lines.removeIf(line -> !line.contains(" elicitation/create "));
    assertEquals(2, lines.size(), lines::toString);
    assertLine(0, "<-- id=", " elicitation/create {", "Your name?");
    assertLine(1, "--> answer id=", " elicitation/create {\"action\":\"accept\"", "\"(hidden)\"");
  }

  @Test
  void notificationHasNoAnswer() {
    client(log()).notify("notifications/other", Json.object());
    assertEquals(1, lines.size(), lines::toString);
    assertLine(0, "--> notifications/other transport=memory");
  }
}
