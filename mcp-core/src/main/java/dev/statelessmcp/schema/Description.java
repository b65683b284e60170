package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the {@code description} of a record or a record component in the derived schema. Models read
 * it to decide which value to send. On a component it takes precedence over the one on its type.
 *
 * <pre>{@code
 * record Weather(@Description("City and country, such as Oslo, Norway") String place) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER, ElementType.TYPE})
public @interface Description {

  /**
   * The description.
   *
   * @return one or a few sentences
   */
  String value();
}
