/**
 * Converts HTTP requests to events, and results of functions to HTTP responses, with one class for
 * each AWS service. {@link dev.statelessmcp.lambda.local.event.EventFormat} is their common
 * interface.
 *
 * <p>Not API: public for the other packages of this module.
 */
@NullMarked
package dev.statelessmcp.lambda.local.event;

import org.jspecify.annotations.NullMarked;
