/**
 * Suggestions for the arguments of prompts and the variables of resource templates.
 *
 * <p>Read this package to help people fill them in.
 */
@NullMarked
package dev.statelessmcp.completion;

import org.jspecify.annotations.NullMarked;
