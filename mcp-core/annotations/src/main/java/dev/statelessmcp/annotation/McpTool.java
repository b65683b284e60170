package dev.statelessmcp.annotation;

import dev.statelessmcp.input.QuestionKind;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that is a tool; {@link Tools#of} creates the tool.
 *
 * <p>The parameters are the arguments, with the types and annotations that components of records
 * may have: {@code @Description}, {@code @Range}, {@code @Default} and so on. They need the
 * compiler option {@code -parameters}, or {@code @JsonProperty} with the name. Parameters of these
 * types are not arguments; they get parts of the call: {@code ToolCall}, {@code Call},
 * {@code Caller}, {@code Cancellation}, {@code Attributes}, {@code RequestMeta},
 * {@code TraceContext}.
 *
 * <p>The method returns {@code void}, a {@code String} or {@code Content} or a list of it, a
 * {@code ToolResult}, a {@code JsonNode}, or any other type that a component of a record may have,
 * which becomes {@code structuredContent} with an output schema. Its exceptions are treated like
 * those of a {@code ToolHandler}. It may be static, must not be private, and must be thread-safe.
 *
 * <pre>{@code
 * class Weather {
 *   @McpTool(description = "The weather at a place")
 *   Forecast forecast(@Description("City and country") String place, @Default("1") int days) { … }
 * }
 *
 * McpServer server = McpServer.named("weather", "1.0").tools(Tools.of(new Weather())).build();
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface McpTool {

  /**
   * The name of the tool.
   *
   * @return 1 to 128 of the characters {@code A-Z a-z 0-9 _ - .}; by default the name of the method
   */
  String name() default "";

  /**
   * The display name.
   *
   * @return a short name; none by default
   */
  String title() default "";

  /**
   * The description, for the model.
   *
   * @return the description
   */
  String description();

  /**
   * Whether the tool leaves its environment unchanged.
   *
   * @return true if it only reads; false by default
   */
  boolean readOnlyHint() default false;

  /**
   * Whether the tool may delete or overwrite, rather than only add.
   *
   * @return true by default
   */
  boolean destructiveHint() default true;

  /**
   * Whether a repeated call with the same arguments has no additional effect.
   *
   * @return false by default
   */
  boolean idempotentHint() default false;

  /**
   * Whether the tool interacts with an open world of external entities, such as the web.
   *
   * @return true by default
   */
  boolean openWorldHint() default true;

  /**
   * The kinds of questions that the tool needs.
   *
   * @return the kinds; none by default
   */
  QuestionKind[] asks() default {};

  /**
   * The kinds of questions that the tool asks if the client can answer them.
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
