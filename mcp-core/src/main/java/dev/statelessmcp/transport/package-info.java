/**
 * What a transport and the core hand to each other.
 *
 * <p>Read this package if you write a transport; a tool sees only
 * {@link dev.statelessmcp.transport.Caller} and {@link dev.statelessmcp.transport.Cancellation}.
 */
package dev.statelessmcp.transport;
