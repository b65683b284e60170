/** The command line. Nothing in here is needed by tests of a deployment package. */
package dev.statelessmcp.lambda.local.cli;
