/** Resources: files, records and other data that a client can read by URI. */
@NullMarked
package dev.statelessmcp.resource;

import org.jspecify.annotations.NullMarked;
