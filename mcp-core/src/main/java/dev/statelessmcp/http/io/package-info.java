/**
 * What HTTP servers of this project share: one timer for all requests, and the bound on the memory
 * for messages. Not part of the API.
 */
@NullMarked
package dev.statelessmcp.http.io;

import org.jspecify.annotations.NullMarked;
