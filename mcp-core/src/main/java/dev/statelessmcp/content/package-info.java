/**
 * What a tool can answer with.
 *
 * <p>Read this package to write a tool that returns more than one line of text.
 */
package dev.statelessmcp.content;
