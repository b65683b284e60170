/**
 * Annotations for the components of records, and for the parameters of methods that are tools. They
 * add to the JSON Schema that is derived.
 *
 * <p>Read this package when you write the record of a tool's arguments, of its structured result or
 * of a form.
 */
@NullMarked
package dev.statelessmcp.schema;

import org.jspecify.annotations.NullMarked;
