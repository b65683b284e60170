package dev.statelessmcp.call;

import org.jspecify.annotations.Nullable;

/**
 * The trace that a request is part of: from {@code _meta}, or else from the HTTP headers.
 *
 * @param traceparent W3C Trace Context, or null
 * @param tracestate W3C Trace Context, or null
 * @param baggage W3C Baggage, or null
 * @param xray the header {@code X-Amzn-Trace-Id}, or null
 * @see <a
 *     href="https://modelcontextprotocol.io/specification/2026-07-28/basic#general-fields">OpenTelemetry
 *     trace context</a>
 */
public record TraceContext(
    @Nullable String traceparent,
    @Nullable String tracestate,
    @Nullable String baggage,
    @Nullable String xray) {

  /** No trace. */
  public static final TraceContext NONE = new TraceContext(null, null, null, null);
}
