/**
 * Traces and metrics of an MCP server.
 *
 * @see <a
 *     href="https://github.com/open-telemetry/semantic-conventions-genai/blob/main/docs/gen-ai/mcp.md">Semantic
 *     conventions for Model Context Protocol</a>
 */
@NullMarked
package dev.statelessmcp.opentelemetry;

import org.jspecify.annotations.NullMarked;
