/**
 * Tasks on AWS Lambda: kept in DynamoDB, run by the function that invokes itself, or by a queue.
 *
 * <p>Read {@link dev.statelessmcp.lambda.task.McpTaskLambdaHandler} first.
 */
@NullMarked
package dev.statelessmcp.lambda.task;

import org.jspecify.annotations.NullMarked;
