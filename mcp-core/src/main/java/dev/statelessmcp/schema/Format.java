package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the {@code format} of a string component in the derived schema. If JSON Schema defines the
 * format, a value that does not match is refused; other formats are only hints. On a component of
 * another type, such as a date, the tool is not built.
 *
 * <pre>{@code
 * record Invite(@Format("email") String address) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Format {

  /**
   * The name of the format.
   *
   * @return a format of JSON Schema, such as {@code email} or {@code uri}
   */
  String value();
}
