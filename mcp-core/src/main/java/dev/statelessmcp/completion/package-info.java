/**
 * Suggestions for the arguments of prompts and the variables of resource templates.
 *
 * <p>Read this package to help people fill them in.
 */
package dev.statelessmcp.completion;
