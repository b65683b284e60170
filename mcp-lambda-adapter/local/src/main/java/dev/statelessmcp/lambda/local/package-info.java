/**
 * Runs a function as Lambda runs it: in a separate process, with AWS's Java runtime client and only
 * the deployment package. To test a deployment package, start reading at
 * {@link dev.statelessmcp.lambda.local.LambdaProcess}.
 */
@NullMarked
package dev.statelessmcp.lambda.local;

import org.jspecify.annotations.NullMarked;
