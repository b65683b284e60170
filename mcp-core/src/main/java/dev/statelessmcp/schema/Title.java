package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the {@code title} of a record component or an enum constant in the derived schema: the name
 * that a user interface shows.
 *
 * <pre>{@code
 * enum Size { @Title("Small (S)") S, @Title("Large (L)") L }
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER, ElementType.FIELD})
public @interface Title {

  /**
   * The title.
   *
   * @return a short name
   */
  String value();
}
