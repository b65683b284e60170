package dev.statelessmcp.annotation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.prompt.Prompt;
import dev.statelessmcp.prompt.PromptCall;
import dev.statelessmcp.prompt.PromptHandler;
import dev.statelessmcp.prompt.PromptMessage;
import dev.statelessmcp.prompt.PromptResult;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Creates prompts from methods with {@link McpPrompt}. */
public final class Prompts {

  private Prompts() {}

  /**
   * Creates the prompts of objects.
   *
   * @param targets objects, or classes for their static methods; not null
   * @return the prompts, in the order of the source; unmodifiable
   * @throws IllegalArgumentException if a target has no such method, two have the same name, or a
   *     method, a parameter or an annotation is not supported; the message names it
   */
  public static List<Prompt> of(Object... targets) {
    List<Prompt> prompts = new ArrayList<>();
    for (Object target : targets) {
      Names names = new Names("prompt");
      for (AnnotatedMethod method :
          AnnotatedMethods.of(target, McpPrompt.class, PromptCall.class)) {
        names.add(method.name(), method);
        prompts.add(prompt(method));
      }
    }
    return List.copyOf(prompts);
  }

  private static Prompt prompt(AnnotatedMethod method) {
    Type type = method.returnType();
    method.require(
        type == String.class
            || type == PromptMessage.class
            || type == PromptResult.class
            || method.returnsListOf(PromptMessage.class),
        "must return a String, a PromptMessage, a List of them, or a PromptResult, was "
            + type.getTypeName());
    String description = method.text("description");
    method.require(description != null, "must have a description");
    TextArguments arguments = new TextArguments(method);
    Prompt prompt = Prompt.of(
        method.name(), description == null ? "" : description, new PromptMethod(method, arguments));
    for (Map.Entry<String, JsonNode> argument : arguments.properties()) {
      String name = argument.getKey();
      String explanation = argument.getValue().path("description").textValue();
      prompt = arguments.isRequired(name)
          ? prompt.requiredArgument(name, explanation)
          : prompt.optionalArgument(name, explanation);
    }
    return method.described(prompt);
  }

  /** Calls a method, and converts its result to messages. */
  private record PromptMethod(AnnotatedMethod method, TextArguments arguments)
      implements PromptHandler {

    @Override
    public PromptResult get(PromptCall call) throws Exception {
      Object returned = arguments.call(call.arguments(), "arguments", call);
      if (returned == null) {
        throw method.returnedNull();
      }
      if (returned instanceof PromptResult result) {
        return result;
      }
      if (returned instanceof List<?> messages) {
        return PromptResult.of(messages.toArray(new PromptMessage[0]));
      }
      return PromptResult.of(
          returned instanceof PromptMessage message
              ? message
              : PromptMessage.user((String) returned));
    }
  }
}
