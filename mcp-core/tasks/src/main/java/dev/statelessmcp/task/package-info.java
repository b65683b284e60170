/**
 * The Tasks extension: calls of tools that outlive their request, and the processes that run them.
 *
 * <p>Start at {@link dev.statelessmcp.task.Tasks}.
 *
 * @see <a href="https://github.com/modelcontextprotocol/ext-tasks">The extension</a>
 */
@NullMarked
package dev.statelessmcp.task;

import org.jspecify.annotations.NullMarked;
