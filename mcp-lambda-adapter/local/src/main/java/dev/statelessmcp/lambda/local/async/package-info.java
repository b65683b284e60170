/**
 * Services that a function calls: asynchronous invocation with Lambda's Invoke operation, and an
 * SQS queue that triggers the function. Not part of the API.
 */
@NullMarked
package dev.statelessmcp.lambda.local.async;

import org.jspecify.annotations.NullMarked;
