package dev.statelessmcp.examples.conformance;

import dev.statelessmcp.completion.Completion;
import dev.statelessmcp.content.EmbeddedResource;
import dev.statelessmcp.content.ImageContent;
import dev.statelessmcp.content.ResourceContents;
import dev.statelessmcp.content.Role;
import dev.statelessmcp.input.Question;
import dev.statelessmcp.input.QuestionKind;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptCall;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import java.util.List;

/** Prompts with arguments, completion, embedded content and a question. */
final class Prompts {
  private static final List<String> SUGGESTIONS = List.of("test1", "test2", "paris", "park");

  /**
   * The answer of the user.
   *
   * @param context a few words that the prompt is about
   */
  record Context(String context) {}

  private Prompts() {}

  static List<Prompt> all() {
    return List.of(
        Prompt.of(
            "test_simple_prompt",
            "A prompt without arguments",
            call -> PromptResult.of(PromptMessage.user("This is a simple prompt for testing."))),
        Prompt.of(
                "test_prompt_with_arguments",
                "A prompt with two arguments",
                call -> PromptResult.of(PromptMessage.user("Prompt with arguments: arg1='"
                    + call.argument("arg1")
                    + "', arg2='"
                    + call.argument("arg2")
                    + "'")))
            .requiredArgument("arg1", "First test argument")
            .requiredArgument("arg2", "Second test argument")
            .complete(
                "arg1", (value, arguments, call) -> Completion.startingWith(SUGGESTIONS, value)),
        Prompt.of(
                "test_prompt_with_embedded_resource",
                "A prompt with a resource in it",
                Prompts::withResource)
            .requiredArgument("resourceUri", "URI of the resource to embed"),
        Prompt.of(
            "test_prompt_with_image",
            "A prompt with an image in it",
            call -> PromptResult.of(
                new PromptMessage(Role.USER, ImageContent.of(Samples.png(), "image/png")),
                PromptMessage.user("Please analyze the image above."))),
        Prompt.of(
                "test_input_required_result_prompt",
                "A prompt that asks the user what it is about",
                Prompts::withContext)
            .asks(QuestionKind.FORM));
  }

  private static PromptResult withResource(PromptCall call) {
    ResourceContents contents = ResourceContents.text(
        call.argument("resourceUri"), "text/plain", "Embedded resource content for testing.");
    return PromptResult.of(
        new PromptMessage(Role.USER, EmbeddedResource.of(contents)),
        PromptMessage.user("Please process the embedded resource above."));
  }

  private static PromptResult withContext(PromptCall call) throws Exception {
    Context answer = call.ask(
        "user_context", Question.form("What context should the prompt use?", Context.class));
    return PromptResult.of(PromptMessage.user("Context: " + answer.context()));
  }
}
