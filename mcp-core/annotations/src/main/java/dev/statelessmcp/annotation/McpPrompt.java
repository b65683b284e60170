package dev.statelessmcp.annotation;

import dev.statelessmcp.input.QuestionKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that is a prompt; {@link Prompts#of} creates the prompt.
 *
 * <p>The parameters are the arguments: strings, numbers, booleans, enums and other types that are
 * scalar in JSON. One is required unless it is {@code Optional} or {@code @Nullable}, or has a
 * {@code @Default}. Parameters of the types that {@link McpTool} lists get parts of the call, with
 * {@code PromptCall} instead of {@code ToolCall}. The method returns a {@code String}, which
 * becomes a message of the user, a {@code PromptMessage} or a list of them, or a
 * {@code PromptResult}. It may be static, and must not be private.
 *
 * <pre>{@code
 * @McpPrompt(description = "Asks for a review")
 * String review(@Description("the code") String code, Optional<String> language) { … }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface McpPrompt {

  /**
   * The name.
   *
   * @return not empty; by default the name of the method
   */
  String name() default "";

  /**
   * The display name.
   *
   * @return a short name; none by default
   */
  String title() default "";

  /**
   * The description.
   *
   * @return the description
   */
  String description();

  /**
   * The kinds of questions that the prompt needs.
   *
   * @return the kinds; none by default
   */
  QuestionKind[] asks() default {};

  /**
   * The kinds of questions that the prompt asks if the client can answer them.
   *
   * @return the kinds; none by default
   */
  QuestionKind[] mayAsk() default {};

  /**
   * The scopes that a caller needs.
   *
   * @return such as {@code files:write}; none by default
   */
  String[] requires() default {};
}
