package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits the value of a number. Sets {@code minimum} and {@code maximum} in the derived schema. A
 * value outside the range is refused in arguments, and an internal error in an answer. On a
 * component of another type, or of a type without a value in the range, the tool is not built.
 *
 * <pre>{@code
 * record Order(String item, @Range(min = 1, max = 99) int quantity) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Range {

  /**
   * The minimum value, inclusive.
   *
   * @return the minimum; no limit by default
   */
  double min() default Double.NEGATIVE_INFINITY;

  /**
   * The maximum value, inclusive.
   *
   * @return the maximum; no limit by default
   */
  double max() default Double.POSITIVE_INFINITY;
}
