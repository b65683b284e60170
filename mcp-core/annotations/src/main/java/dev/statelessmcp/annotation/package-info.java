/**
 * Tools, resources and prompts from annotated methods of plain objects: {@code Tools.of(new
 * Weather())} returns ordinary {@code Tool} values.
 */
@NullMarked
package dev.statelessmcp.annotation;

import org.jspecify.annotations.NullMarked;
