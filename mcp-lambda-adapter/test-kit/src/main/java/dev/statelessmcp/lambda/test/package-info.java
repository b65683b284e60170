/**
 * Connects the test client to a Lambda handler; see
 * {@link dev.statelessmcp.lambda.test.LambdaTransport}.
 */
@NullMarked
package dev.statelessmcp.lambda.test;

import org.jspecify.annotations.NullMarked;
