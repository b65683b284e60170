/** Prompts: templates of messages that a user selects. */
@NullMarked
package dev.statelessmcp.prompt;

import org.jspecify.annotations.NullMarked;
