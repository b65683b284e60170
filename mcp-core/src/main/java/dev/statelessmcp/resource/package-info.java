/**
 * Resources: what a client can read.
 *
 * <p>Read this package to offer files, records or documents.
 */
@NullMarked
package dev.statelessmcp.resource;

import org.jspecify.annotations.NullMarked;
