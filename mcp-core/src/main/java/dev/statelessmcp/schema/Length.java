package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Limits the number of characters (code points) of a string, of elements of a list, set or array,
 * or of Base64 characters of a {@code byte[]}. Sets {@code minLength} and {@code maxLength}, or
 * {@code minItems} and {@code maxItems}, in the derived schema. A value outside the limits is
 * refused in arguments, and an internal error in an answer. On a component of another type, or of a
 * type without such a value, the tool is not built.
 *
 * <pre>{@code
 * record Tags(@Length(min = 1, max = 5) List<String> tags) {}
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Length {

  /**
   * The minimum number of characters or elements, inclusive.
   *
   * @return the minimum; 0 by default
   */
  int min() default 0;

  /**
   * The maximum number of characters or elements, inclusive.
   *
   * @return the maximum; no limit by default
   */
  int max() default Integer.MAX_VALUE;
}
