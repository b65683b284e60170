/** Keeps the public API of each artifact in a text file; for the tests of every module. */
package dev.statelessmcp.api;
