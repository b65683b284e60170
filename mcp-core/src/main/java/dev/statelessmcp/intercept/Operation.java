package dev.statelessmcp.intercept;

import dev.statelessmcp.call.Attributes;
import dev.statelessmcp.call.Caller;
import dev.statelessmcp.call.TraceContext;
import dev.statelessmcp.protocol.RequestMeta;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A request that is about to be served.
 *
 * @param method such as {@code tools/call}
 * @param name the tool or prompt, or the URI of the resource; null if there is none
 * @param caller who calls
 * @param meta what the request says about itself
 * @param headers the HTTP headers by lower case name; empty where there is no HTTP
 * @param trace the trace that it is part of
 * @param attributes what else the transport knows
 * @param startNanos when it began, as {@link System#nanoTime()} has it
 */
public record Operation(
    String method,
    String name,
    Caller caller,
    RequestMeta meta,
    Map<String, List<String>> headers,
    TraceContext trace,
    Attributes attributes,
    long startNanos) {

  /**
   * How long it has taken until now.
   *
   * @return the time since before the first interceptor
   */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }
}
