/**
 * Something done around every operation: measuring, auditing, limiting.
 *
 * <p>Read this package to look at calls without touching handlers.
 */
package dev.statelessmcp.intercept;
