/**
 * Lists of things that a server offers: in order, in pages, and to each caller what it may see.
 *
 * <p>Read this package to serve a catalogue that is large, or differs from caller to caller.
 */
@NullMarked
package dev.statelessmcp.catalog;

import org.jspecify.annotations.NullMarked;
