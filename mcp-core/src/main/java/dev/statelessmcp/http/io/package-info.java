/**
 * Classes that the HTTP servers of this project share: the timer for all requests, and the limit on
 * the memory for messages. Not part of the API.
 */
@NullMarked
package dev.statelessmcp.http.io;

import org.jspecify.annotations.NullMarked;
