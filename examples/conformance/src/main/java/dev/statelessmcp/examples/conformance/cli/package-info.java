/** The command line. Not in the deployment package of the Lambda function. */
package dev.statelessmcp.examples.conformance.cli;
