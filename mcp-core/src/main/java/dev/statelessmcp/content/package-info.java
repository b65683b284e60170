/**
 * Content blocks: text, images, audio and resources in the results of tools and the messages of
 * prompts.
 */
@NullMarked
package dev.statelessmcp.content;

import org.jspecify.annotations.NullMarked;
