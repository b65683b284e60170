/** Measures calls without a transport, with JMH. */
package dev.statelessmcp.examples.benchmarks.dispatch;
