/** A load that lasts, and the proof that the server is afterwards what it was before. */
package dev.statelessmcp.examples.benchmarks.soak;
