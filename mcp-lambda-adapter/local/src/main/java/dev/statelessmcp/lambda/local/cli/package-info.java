/** The command line. Tests of a deployment package do not need it. */
@NullMarked
package dev.statelessmcp.lambda.local.cli;

import org.jspecify.annotations.NullMarked;
