package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the {@code default} of a record component in the derived schema. It is a hint for the client
 * or the user who fills in the value: a missing value stays missing and does not become the
 * default.
 *
 * <pre>{@code
 * record Search(String query, @Default("10") OptionalInt limit) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Default {

  /**
   * The default value.
   *
   * @return JSON, such as {@code 10} or {@code ["A"]}; for a component of type string the plain
   *     text. Other text fails when the tool is built.
   */
  String value();
}
