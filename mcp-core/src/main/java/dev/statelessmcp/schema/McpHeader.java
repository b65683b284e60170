package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has HTTP clients of the revision 2026-07-28 send the argument as the header {@code Mcp-Param-}
 * with this name too, so that intermediaries can act upon it. For strings, integers and booleans;
 * never for secrets.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT})
public @interface McpHeader {

  /**
   * What it says.
   *
   * @return the name, without Mcp-Param-
   */
  String value();
}
