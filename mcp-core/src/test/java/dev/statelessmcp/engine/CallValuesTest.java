package dev.statelessmcp.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.statelessmcp.McpServer;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import dev.statelessmcp.resource.ResourceResult;
import dev.statelessmcp.resource.ResourceTemplate;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The arguments of a prompt and the variables of a template, by name. */
class CallValuesTest {

  @Test
  void argumentOfAPromptIsThereOrSaysWhatIs() {
    McpServer server = McpServer.named("n", "1")
        .prompt(Prompt.of("p", "d", call -> {
              assertEquals("x", call.argument("a"));
              assertEquals(Optional.of("x"), call.optionalArgument("a"));
              assertEquals(Optional.empty(), call.optionalArgument("b"));
              Exception none =
                  assertThrows(IllegalArgumentException.class, () -> call.argument("b"));
              return PromptResult.of(PromptMessage.user(none.getMessage()));
            })
            .requiredArgument("a", null)
            .optionalArgument("b", null))
        .build();
    assertEquals(
        "the argument must be one of [a], was b",
        new TestClient(server)
            .result("prompts/get", "{'name':'p','arguments':{'a':'x'}}")
            .at("/messages/0/content/text")
            .textValue());
  }

  @Test
  void variableOfATemplateIsThereOrSaysWhatIs() {
    McpServer server = McpServer.named("n", "1")
        .resourceTemplate(ResourceTemplate.of("s:///{x}", "t", call -> {
          assertEquals("v", call.variable("x"));
          Exception none = assertThrows(IllegalArgumentException.class, () -> call.variable("y"));
          return ResourceResult.of(ResourceContents.text(call.uri(), null, none.getMessage()));
        }))
        .build();
    assertEquals(
        "the variable must be one of [x], was y",
        new TestClient(server)
            .result("resources/read", "{'uri':'s:///v'}")
            .at("/contents/0/text")
            .textValue());
  }
}
