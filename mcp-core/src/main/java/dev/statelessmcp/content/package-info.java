/**
 * What a tool can answer with.
 *
 * <p>Read this package to write a tool that returns more than one line of text.
 */
@NullMarked
package dev.statelessmcp.content;

import org.jspecify.annotations.NullMarked;
