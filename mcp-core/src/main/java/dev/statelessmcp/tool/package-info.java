/**
 * Tools: operations that a model can invoke.
 *
 * <p>This is the package to read if you write a server.
 */
@NullMarked
package dev.statelessmcp.tool;

import org.jspecify.annotations.NullMarked;
