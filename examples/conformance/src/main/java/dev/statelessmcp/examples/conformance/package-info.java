/**
 * A server with everything that the public conformance suite asks for. It is also an example of
 * every feature: each class shows one. Start reading at
 * {@link dev.statelessmcp.examples.conformance.ConformanceServer}.
 */
package dev.statelessmcp.examples.conformance;
