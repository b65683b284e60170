package dev.statelessmcp.annotation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.statelessmcp.binding.JsonType;
import dev.statelessmcp.content.Content;
import dev.statelessmcp.tool.Tool;
import dev.statelessmcp.tool.ToolAnnotations;
import dev.statelessmcp.tool.ToolCall;
import dev.statelessmcp.tool.ToolHandler;
import dev.statelessmcp.tool.ToolResult;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Creates tools from methods with {@link McpTool}. Does not scan the class path. */
public final class Tools {

  private Tools() {}

  /**
   * Creates the tools of objects.
   *
   * @param targets objects whose methods with {@link McpTool} are used, including those of their
   *     superclasses and interfaces; or classes, whose methods with the annotation must be static;
   *     not null
   * @return the tools, in the order of the source; unmodifiable, never empty for an object
   * @throws IllegalArgumentException if a target has no such method, two of its tools have the same
   *     name, or a method, a parameter or an annotation is not supported; the message names it
   */
  public static List<Tool> of(Object... targets) {
    List<Tool> tools = new ArrayList<>();
    for (Object target : targets) {
      Names names = new Names("tool");
      for (AnnotatedMethod method : AnnotatedMethods.of(target, McpTool.class, ToolCall.class)) {
        names.add(method.name(), method);
        tools.add(tool(method));
      }
    }
    return List.copyOf(tools);
  }

  private static Tool tool(AnnotatedMethod method) {
    int answer = ToolMethod.answer(method);
    JsonType<?> output = answer == ToolMethod.STRUCTURED ? method.answer() : null;
    String description = method.text("description");
    method.require(description != null, "must have a description");
    Tool tool = typed(
        method, description == null ? "" : description, output, new ToolMethod(method, answer));
    ToolAnnotations hints = hints(method);
    return method.described(hints == null ? tool : tool.annotations(hints));
  }

  @SuppressWarnings("unchecked") // the type of what the method returns
  private static Tool typed(
      AnnotatedMethod method,
      String description,
      @Nullable JsonType<?> output,
      ToolMethod handler) {
    return Tool.ofTypes(
        method.name(), description, method.arguments(), (JsonType<Object>) output, (ToolHandler<
                @Nullable Object[], Object>)
            handler);
  }

  /** The hints that differ from the defaults of clients; null if none does. */
  private static @Nullable ToolAnnotations hints(AnnotatedMethod method) {
    ToolAnnotations hints = null;
    if (method.is("readOnlyHint", true)) {
      hints = ToolAnnotations.READ_ONLY;
    }
    if (method.is("destructiveHint", false)) {
      hints = (hints == null ? ToolAnnotations.of() : hints).destructiveHint(false);
    }
    if (method.is("idempotentHint", true)) {
      hints = (hints == null ? ToolAnnotations.of() : hints).idempotentHint(true);
    }
    return method.is("openWorldHint", false)
        ? (hints == null ? ToolAnnotations.of() : hints).openWorldHint(false)
        : hints;
  }

  /** Calls a method, and converts its result. */
  static final class ToolMethod implements ToolHandler<@Nullable Object[], Object> {
    static final int NOTHING = 0;
    static final int TEXT = 1;
    static final int RESULT = 2;
    static final int CONTENT = 3;
    static final int CONTENTS = 4;
    static final int JSON = 5;
    static final int STRUCTURED = 6;

    private final AnnotatedMethod method;
    private final int answer;

    ToolMethod(AnnotatedMethod method, int answer) {
      this.method = method;
      this.answer = answer;
    }

    /** The kind of result of a method, by its return type. */
    static int answer(AnnotatedMethod method) {
      Type type = method.returnType();
      if (type == void.class) {
        return NOTHING;
      }
      if (type == String.class) {
        return TEXT;
      }
      if (type == ToolResult.class) {
        return RESULT;
      }
      if (type == JsonNode.class) {
        return JSON;
      }
      if (type instanceof Class<?> plain && Content.class.isAssignableFrom(plain)) {
        return CONTENT;
      }
      requireNoFuture(method);
      return method.returnsListOf(Content.class) ? CONTENTS : STRUCTURED;
    }

    private static void requireNoFuture(AnnotatedMethod method) {
      Class<?> raw = method.rawReturnType();
      method.require(
          !CompletionStage.class.isAssignableFrom(raw) && !Future.class.isAssignableFrom(raw),
          "must not return a " + raw.getSimpleName() + "; return its value");
    }

    @Override
    public Object handle(@Nullable Object[] input, ToolCall call) throws Exception {
      Object returned = method.call(input, call);
      if (answer == NOTHING) {
        return ToolResult.of();
      }
      if (returned == null) {
        throw method.returnedNull();
      }
      return switch (answer) {
        case TEXT -> ToolResult.text((String) returned);
        case CONTENT -> ToolResult.of((Content) returned);
        case CONTENTS -> ToolResult.of(((List<?>) returned).toArray(new Content[0]));
        case JSON -> ToolResult.structured((JsonNode) returned);
        default -> returned;
      };
    }
  }
}
