/**
 * The implementation of {@link dev.statelessmcp.McpServer}: the method table, the two eras,
 * dispatch. Not part of the API; may change with every release.
 *
 * <p>A request begins at {@link dev.statelessmcp.engine.Engine}.
 */
@NullMarked
package dev.statelessmcp.engine;

import org.jspecify.annotations.NullMarked;
