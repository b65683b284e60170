/**
 * Something done around every operation: measuring, auditing, limiting.
 *
 * <p>Read this package to look at calls without touching handlers.
 */
@NullMarked
package dev.statelessmcp.intercept;

import org.jspecify.annotations.NullMarked;
