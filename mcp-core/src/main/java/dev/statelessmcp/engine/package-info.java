/**
 * The inside of {@link dev.statelessmcp.McpServer}: the method table, the two eras, dispatch. Not
 * part of the API, and free to change with every release.
 *
 * <p>Read {@link dev.statelessmcp.engine.Engine} to follow a request.
 */
@NullMarked
package dev.statelessmcp.engine;

import org.jspecify.annotations.NullMarked;
