/**
 * Handlers for the event classes of {@code aws-lambda-java-events}, one for each sender.
 *
 * <p>Start at {@link dev.statelessmcp.lambda.typed.McpHttpApiHandler}. Each handler makes a tree of
 * its event, and has a {@link dev.statelessmcp.lambda.McpLambdaHandler} serve it.
 */
@NullMarked
package dev.statelessmcp.lambda.typed;

import org.jspecify.annotations.NullMarked;
