/**
 * Questions to the client during a call: a form or a URL for the user (elicitation), a prompt for
 * its model (sampling), or its root directories.
 *
 * <p>Read this package if a handler needs more input. A handler is straight-line code, and it runs
 * again from the start when the answer arrives: code before a question must be idempotent.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">Multi
 *     Round-Trip Requests</a>
 */
@NullMarked
package dev.statelessmcp.input;

import org.jspecify.annotations.NullMarked;
