package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value that a component has if nobody says another, as JSON or as plain text for strings. It
 * is a hint in the schema for whoever fills in the value; a missing value stays missing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface Default {

  /**
   * What it says.
   *
   * @return the value
   */
  String value();
}
