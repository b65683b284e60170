/**
 * What a transport and the server hand to each other.
 *
 * <p>Read this package if you write a transport: {@link dev.statelessmcp.transport.ServerPort} is
 * what you call, {@link dev.statelessmcp.transport.Exchange} what you implement.
 */
@NullMarked
package dev.statelessmcp.transport;

import org.jspecify.annotations.NullMarked;
