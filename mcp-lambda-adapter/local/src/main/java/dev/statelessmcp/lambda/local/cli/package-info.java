/** The command line. Nothing in here is needed by tests of a deployment package. */
@NullMarked
package dev.statelessmcp.lambda.local.cli;

import org.jspecify.annotations.NullMarked;
