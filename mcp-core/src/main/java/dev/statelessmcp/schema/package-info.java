/**
 * Annotations that add to the JSON Schema of records (arguments, results and forms) and of the
 * parameters of annotated methods.
 */
@NullMarked
package dev.statelessmcp.schema;

import org.jspecify.annotations.NullMarked;
