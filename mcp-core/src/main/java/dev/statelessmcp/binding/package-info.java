/**
 * Converts between Java types and JSON, derives schemas, and validates against handwritten schemas.
 * Not part of the API: public only because other packages of the library use it.
 *
 * <p>Start at {@link dev.statelessmcp.binding.JsonType}.
 */
@NullMarked
package dev.statelessmcp.binding;

import org.jspecify.annotations.NullMarked;
