package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many characters, or elements, a component has at least and at most. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Length {

  /**
   * The least.
   *
   * @return by default no bound
   */
  int min() default 0;

  /**
   * The greatest.
   *
   * @return by default no bound
   */
  int max() default Integer.MAX_VALUE;
}
