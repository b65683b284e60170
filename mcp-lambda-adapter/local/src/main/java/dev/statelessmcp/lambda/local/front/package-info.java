/**
 * The service in front of the function: HTTP requests become events, and the function's results
 * become HTTP answers, whole or piece by piece.
 *
 * <p>Not API: public for the other packages of this module.
 */
@NullMarked
package dev.statelessmcp.lambda.local.front;

import org.jspecify.annotations.NullMarked;
