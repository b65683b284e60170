/**
 * Questions to the client during a call: a form or a URL for the user (elicitation), a prompt for
 * its model (sampling), or its root directories.
 *
 * <p>A handler that asks a question runs again from its start when the answer arrives: code before
 * a question must be idempotent.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">Multi
 *     Round-Trip Requests</a>
 */
@NullMarked
package dev.statelessmcp.input;

import org.jspecify.annotations.NullMarked;
