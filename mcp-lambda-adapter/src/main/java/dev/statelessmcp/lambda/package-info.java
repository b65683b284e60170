/**
 * MCP on AWS Lambda. {@link dev.statelessmcp.lambda.McpLambdaHandler} is the base class of
 * functions.
 *
 * <p>To change how events are served, start at {@code McpFunction}: its method {@code serve}
 * recognises an event and runs a subclass of {@code EventCall}. The formats of HTTP events are in
 * {@code dev.statelessmcp.lambda.event}.
 */
@NullMarked
package dev.statelessmcp.lambda;

import org.jspecify.annotations.NullMarked;
