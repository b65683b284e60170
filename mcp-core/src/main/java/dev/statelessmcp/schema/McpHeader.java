package dev.statelessmcp.schema;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks HTTP clients of revision 2026-07-28 to repeat an argument in the header {@code Mcp-Param-}
 * <i>name</i>, so that gateways can route or limit by it. The server refuses a request whose header
 * and argument differ (-32020). For strings, integers and booleans. Do not use it for secrets:
 * gateways log headers.
 *
 * <pre>{@code
 * record Query(@McpHeader("Tenant") String tenant, String sql) {} // Mcp-Param-Tenant: acme
 * }</pre>
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface McpHeader {

  /**
   * The end of the header's name.
   *
   * @return the name without {@code Mcp-Param-}, such as {@code Tenant}
   */
  String value();
}
