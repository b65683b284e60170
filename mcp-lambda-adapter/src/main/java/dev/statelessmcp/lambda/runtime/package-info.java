/**
 * A runtime for Lambda that can stream: it speaks the Runtime API itself, because the managed Java
 * runtime only sends an answer that is complete.
 *
 * <p>Start it as {@link dev.statelessmcp.lambda.runtime.StreamingRuntime} and give it a
 * {@link dev.statelessmcp.lambda.runtime.StreamHandler}; it knows nothing of MCP.
 */
package dev.statelessmcp.lambda.runtime;
