package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the {@code format} of a string component in the derived schema. It is a hint: values are not
 * checked against it.
 *
 * <pre>{@code
 * record Invite(@Format("email") String address) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Format {

  /**
   * The name of the format.
   *
   * @return a format of JSON Schema, such as {@code email} or {@code uri}
   */
  String value();
}
