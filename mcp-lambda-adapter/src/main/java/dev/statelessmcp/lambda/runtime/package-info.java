/**
 * A Lambda runtime that streams. It uses the Runtime API directly, because the managed Java runtime
 * sends only complete answers.
 *
 * <p>Start it as {@link dev.statelessmcp.lambda.runtime.StreamingRuntime} and give it a
 * {@link dev.statelessmcp.lambda.runtime.StreamHandler}; it does not know MCP.
 */
@NullMarked
package dev.statelessmcp.lambda.runtime;

import org.jspecify.annotations.NullMarked;
