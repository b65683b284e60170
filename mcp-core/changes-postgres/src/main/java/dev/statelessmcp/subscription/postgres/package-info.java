/** A change feed for all instances of a server, with PostgreSQL. */
@NullMarked
package dev.statelessmcp.subscription.postgres;

import org.jspecify.annotations.NullMarked;
