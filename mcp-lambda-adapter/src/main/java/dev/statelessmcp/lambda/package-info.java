/**
 * MCP on AWS Lambda: one handler for every event that can carry a message.
 *
 * <p>Read {@link dev.statelessmcp.lambda.McpLambdaHandler} to write a function; each event format
 * is one small class beside it, and so is a handler for each of the typed events of AWS.
 */
package dev.statelessmcp.lambda;
