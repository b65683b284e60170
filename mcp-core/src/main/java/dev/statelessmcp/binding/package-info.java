/**
 * Converts between Java types and JSON, derives schemas, and validates against schemas that are
 * written by hand. Not part of the API: public only because other packages of the library use it.
 *
 * <p>Read {@link dev.statelessmcp.binding.JsonType} first.
 */
@NullMarked
package dev.statelessmcp.binding;

import org.jspecify.annotations.NullMarked;
