/**
 * Prompts: messages that a user picks to begin with.
 *
 * <p>Read this package to offer ready-made ways to use your server.
 */
package dev.statelessmcp.prompt;
