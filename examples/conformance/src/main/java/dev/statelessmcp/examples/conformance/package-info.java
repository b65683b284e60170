/**
 * A server with all fixtures of the public conformance suite. Each class is also an example of one
 * feature. Start reading at {@link dev.statelessmcp.examples.conformance.ConformanceServer}.
 */
package dev.statelessmcp.examples.conformance;
