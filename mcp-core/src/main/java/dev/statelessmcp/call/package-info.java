/** The call that a handler of a tool, prompt or resource serves. */
@NullMarked
package dev.statelessmcp.call;

import org.jspecify.annotations.NullMarked;
