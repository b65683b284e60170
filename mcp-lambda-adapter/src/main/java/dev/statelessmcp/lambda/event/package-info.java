/**
 * The events that carry an HTTP request, one class for each sender, and who sent one.
 *
 * <p>{@link dev.statelessmcp.lambda.event.EventSource} is API. The other public types are for the
 * handler in {@code dev.statelessmcp.lambda}. To add a sender, write a subclass of
 * {@link dev.statelessmcp.lambda.event.HttpEvent} and recognise its events in
 * {@link dev.statelessmcp.lambda.event.HttpEvent#of}.
 */
@NullMarked
package dev.statelessmcp.lambda.event;

import org.jspecify.annotations.NullMarked;
