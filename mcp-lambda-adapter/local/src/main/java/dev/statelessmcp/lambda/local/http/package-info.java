/**
 * A small HTTP/1.1 server side on a loopback port, which keeps what the JDK's own server hides: the
 * names of headers as they were sent, trailers, and the choice to cut a connection. It serves both
 * the Runtime API and the front that clients call.
 *
 * <p>Not API: public for the other packages of this module.
 */
@NullMarked
package dev.statelessmcp.lambda.local.http;

import org.jspecify.annotations.NullMarked;
