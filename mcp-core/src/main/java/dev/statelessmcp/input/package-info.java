/**
 * Asking the client in the middle of a call: the user by a form or a URL, the model by sampling, or
 * for its roots.
 *
 * <p>Read this package to write a handler that needs to know more. Handlers are straight-line code;
 * the price is that whatever stands before a question runs again when the answer has come.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2026-07-28/basic/patterns/mrtr">Multi
 *     Round-Trip Requests</a>
 */
package dev.statelessmcp.input;
