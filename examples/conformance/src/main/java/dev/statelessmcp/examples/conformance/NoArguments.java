package dev.statelessmcp.examples.conformance;

/** The arguments of a tool that has none. */
record NoArguments() {}
