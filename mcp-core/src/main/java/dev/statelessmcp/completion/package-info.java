/** Suggested values for the arguments of prompts and the variables of resource templates. */
@NullMarked
package dev.statelessmcp.completion;

import org.jspecify.annotations.NullMarked;
