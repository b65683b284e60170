/**
 * The Apps extension: user interfaces that a host shows for the results of tools. {@code App} is a
 * page, and {@code tool.apply(app.ui())} shows it.
 */
@NullMarked
package dev.statelessmcp.app;

import org.jspecify.annotations.NullMarked;
