/**
 * Prompts: messages that a user picks to begin with.
 *
 * <p>Read this package to offer ready-made ways to use your server.
 */
@NullMarked
package dev.statelessmcp.prompt;

import org.jspecify.annotations.NullMarked;
