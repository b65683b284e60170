/**
 * What every handler sees of the call that it serves, be it of a tool, a prompt or a resource.
 *
 * <p>Read this package with the one of the thing you write a handler for.
 */
@NullMarked
package dev.statelessmcp.call;

import org.jspecify.annotations.NullMarked;
