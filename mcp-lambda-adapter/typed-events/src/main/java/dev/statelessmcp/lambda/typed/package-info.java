/**
 * Handlers for the event classes of {@code aws-lambda-java-events}, one for each sender.
 *
 * <p>Each handler converts its event to JSON, which a
 * {@link dev.statelessmcp.lambda.McpLambdaHandler} serves.
 */
@NullMarked
package dev.statelessmcp.lambda.typed;

import org.jspecify.annotations.NullMarked;
