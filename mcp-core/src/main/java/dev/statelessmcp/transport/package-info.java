/**
 * The interfaces between a transport and the server: a transport calls
 * {@link dev.statelessmcp.transport.ServerPort} and implements
 * {@link dev.statelessmcp.transport.Exchange}.
 */
@NullMarked
package dev.statelessmcp.transport;

import org.jspecify.annotations.NullMarked;
