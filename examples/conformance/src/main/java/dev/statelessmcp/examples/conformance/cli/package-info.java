/** What the command line needs, and a Lambda function does not. */
package dev.statelessmcp.examples.conformance.cli;
