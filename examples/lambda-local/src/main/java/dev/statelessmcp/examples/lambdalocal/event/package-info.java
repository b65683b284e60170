/**
 * What each AWS service in front of a function makes of an HTTP request and of the function's
 * result, one small class per event format.
 * {@link dev.statelessmcp.examples.lambdalocal.event.EventFormat} is what they share.
 */
package dev.statelessmcp.examples.lambdalocal.event;
