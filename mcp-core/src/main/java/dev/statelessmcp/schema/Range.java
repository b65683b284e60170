package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The least and the greatest number that a component takes. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Range {

  /**
   * The least.
   *
   * @return by default no bound
   */
  double min() default Double.NEGATIVE_INFINITY;

  /**
   * The greatest.
   *
   * @return by default no bound
   */
  double max() default Double.POSITIVE_INFINITY;
}
