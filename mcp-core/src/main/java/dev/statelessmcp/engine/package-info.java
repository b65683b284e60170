/**
 * The inside of {@link dev.statelessmcp.McpServer}: not part of the API, and free to change with
 * every release.
 *
 * <p>Read {@link dev.statelessmcp.engine.Dispatcher} to follow a request.
 */
package dev.statelessmcp.engine;
