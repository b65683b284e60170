/**
 * Leads the test client to a Lambda handler. Start reading at
 * {@link dev.statelessmcp.lambda.test.LambdaTransport}.
 */
@NullMarked
package dev.statelessmcp.lambda.test;

import org.jspecify.annotations.NullMarked;
