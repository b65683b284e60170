/**
 * Leads the test client to a Lambda handler. Start reading at
 * {@link dev.statelessmcp.lambda.test.LambdaTransport}.
 */
package dev.statelessmcp.lambda.test;
