/** Interceptors and observers, which run around every operation: metrics, audit, rate limits. */
@NullMarked
package dev.statelessmcp.intercept;

import org.jspecify.annotations.NullMarked;
