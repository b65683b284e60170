/**
 * Tools, resources and prompts from annotated methods of plain objects: {@code Tools.of(new
 * Weather())} makes ordinary {@code Tool} values.
 *
 * <p>Read this package if you would rather write a method than a record and a handler.
 */
@NullMarked
package dev.statelessmcp.annotation;

import org.jspecify.annotations.NullMarked;
