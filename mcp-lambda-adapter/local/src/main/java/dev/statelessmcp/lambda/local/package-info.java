/**
 * Runs a function as Lambda runs it: AWS's own Java runtime client in a process of its own, around
 * the deployment package and nothing else. Tests of a deployment package start reading at
 * {@link dev.statelessmcp.lambda.local.LambdaProcess}.
 */
@NullMarked
package dev.statelessmcp.lambda.local;

import org.jspecify.annotations.NullMarked;
