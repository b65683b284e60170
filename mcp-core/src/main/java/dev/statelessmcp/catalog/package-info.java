/** Catalogues: lists of items that are large or differ between callers, served page by page. */
@NullMarked
package dev.statelessmcp.catalog;

import org.jspecify.annotations.NullMarked;
