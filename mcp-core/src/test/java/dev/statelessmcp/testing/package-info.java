/** Helpers that the tests of several modules use. */
package dev.statelessmcp.testing;
