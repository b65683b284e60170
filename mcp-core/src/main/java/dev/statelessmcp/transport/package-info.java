/**
 * What a transport and the core hand to each other.
 *
 * <p>Read this package if you write a transport; a tool sees only
 * {@link dev.statelessmcp.call.Caller} and {@link dev.statelessmcp.call.Cancellation}.
 */
package dev.statelessmcp.transport;
