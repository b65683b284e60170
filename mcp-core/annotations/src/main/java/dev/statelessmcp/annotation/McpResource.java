package dev.statelessmcp.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that is a resource, or a resource template if the URI has variables;
 * {@link Resources#of} and {@link ResourceTemplates#of} create them.
 *
 * <p>The parameters are variables of the template: strings, numbers, booleans, enums and other
 * types that are scalar in JSON. Parameters of the types that {@link McpTool} lists get parts of
 * the call, with {@code ReadCall} instead of {@code ToolCall}. The method returns a {@code String},
 * {@code byte[]}, {@code ResourceContents} or a list of them, or a {@code ResourceResult}; null if
 * the resource does not exist. It may be static, and must not be private.
 *
 * <pre>{@code
 * @McpResource(uri = "logs://{day}", description = "The log of a day", mimeType = "text/plain")
 * String log(LocalDate day) { … }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface McpResource {

  /**
   * The URI, or the URI template.
   *
   * @return an absolute URI, or a template with variables in braces
   */
  String uri();

  /**
   * The name.
   *
   * @return the programmatic name; by default the name of the method
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
   * @return the description; none by default
   */
  String description() default "";

  /**
   * The media type.
   *
   * @return such as {@code text/markdown}; none by default
   */
  String mimeType() default "";

  /**
   * The scopes that a caller needs.
   *
   * @return such as {@code files:write}; none by default
   */
  String[] requires() default {};
}
