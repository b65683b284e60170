/**
 * The Tasks extension: a tool whose work outlives the request that started it, and every process
 * that worked on it.
 *
 * <p>Read {@link dev.statelessmcp.task.Tasks} first.
 *
 * @see <a href="https://github.com/modelcontextprotocol/ext-tasks">The extension</a>
 */
@NullMarked
package dev.statelessmcp.task;

import org.jspecify.annotations.NullMarked;
