/**
 * Streamable HTTP without a server library. Jetty, servlet containers and the HTTP events of AWS
 * Lambda only translate to and from {@link dev.statelessmcp.http.HttpRequest} and
 * {@link dev.statelessmcp.http.HttpReply}; another HTTP server can do the same. This package also
 * keeps the sessions of the legacy revisions ({@link dev.statelessmcp.http.LegacySessions}).
 */
@NullMarked
package dev.statelessmcp.http;

import org.jspecify.annotations.NullMarked;
