/**
 * The Apps extension: user interfaces that a host shows for the results of tools. {@code App} is a
 * page, and {@code tool.apply(app.ui())} shows it.
 *
 * <p>Read this package if hosts should show more than text.
 */
@NullMarked
package dev.statelessmcp.app;

import org.jspecify.annotations.NullMarked;
