/**
 * Tasks on AWS Lambda: stored in DynamoDB, and run by a function that invokes itself or by a queue.
 *
 * <p>Start at {@link dev.statelessmcp.lambda.task.McpTaskLambdaHandler}.
 */
@NullMarked
package dev.statelessmcp.lambda.task;

import org.jspecify.annotations.NullMarked;
