/**
 * JSON Schema: derived from Java records, or written by hand and checked in full.
 *
 * <p>Read this package to see which Java types a tool may take and return, and how they look in
 * JSON.
 */
package dev.statelessmcp.schema;
