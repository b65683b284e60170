/**
 * MCP on AWS Lambda: one handler for every event that can carry a message.
 *
 * <p>To write a function, start at {@link dev.statelessmcp.lambda.McpLambdaHandler}. To change how
 * events are served, start at {@code McpFunction}: its one method decides what an event is, and
 * runs a subclass of {@code EventCall}. The formats of HTTP events are in
 * {@code dev.statelessmcp.lambda.event}.
 */
@NullMarked
package dev.statelessmcp.lambda;

import org.jspecify.annotations.NullMarked;
