/**
 * The rules of Streamable HTTP, written once and without a server library: Jetty and every HTTP
 * event of AWS Lambda only translate to and from {@link dev.statelessmcp.http.HttpRequest} and
 * {@link dev.statelessmcp.http.HttpReply}.
 *
 * <p>Sessions of the legacy revisions, where an endpoint is told to keep some
 * ({@link dev.statelessmcp.http.LegacySessions}), are kept here too: the server itself never sees
 * them.
 *
 * <p>Read this package to bring MCP to another HTTP server, or to write an
 * {@link dev.statelessmcp.http.Authenticator}.
 */
@NullMarked
package dev.statelessmcp.http;

import org.jspecify.annotations.NullMarked;
