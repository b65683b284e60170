/**
 * What each AWS service in front of a function makes of an HTTP request and of the function's
 * result, one small class per event format. {@link dev.statelessmcp.lambda.local.event.EventFormat}
 * is what they share.
 *
 * <p>Not API: public for the other packages of this module.
 */
@NullMarked
package dev.statelessmcp.lambda.local.event;

import org.jspecify.annotations.NullMarked;
