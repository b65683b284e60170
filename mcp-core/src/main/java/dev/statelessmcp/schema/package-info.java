/**
 * Annotations for the components of records: what a derived JSON Schema says beyond their types.
 *
 * <p>Read this package when you write the record of a tool's arguments or of its answer.
 */
package dev.statelessmcp.schema;
