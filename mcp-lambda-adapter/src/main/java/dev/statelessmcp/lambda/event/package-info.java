/**
 * The events that carry an HTTP request, one class for each sender.
 *
 * <p>Only {@link dev.statelessmcp.lambda.event.EventSource} is part of the API. To add a sender,
 * write a subclass of {@link dev.statelessmcp.lambda.event.HttpEvent} and recognise its events in
 * {@link dev.statelessmcp.lambda.event.HttpEvent#of}.
 */
@NullMarked
package dev.statelessmcp.lambda.event;

import org.jspecify.annotations.NullMarked;
