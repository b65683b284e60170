package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the {@code default} of a record component in the derived schema. The component is not
 * {@code required}: a missing value becomes the default. If the component is {@code Optional} or
 * {@code @Nullable}, the default is only a hint for the client or the user, and a missing value
 * stays missing.
 *
 * <pre>{@code
 * record Search(String query, @Default("10") int limit) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Default {

  /**
   * The default value.
   *
   * @return JSON, such as {@code 10} or {@code ["A"]}; for a component of type string the plain
   *     text. With a value that the component cannot have, the tool is not built.
   */
  String value();
}
