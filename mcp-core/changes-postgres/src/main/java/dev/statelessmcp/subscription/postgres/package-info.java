/** Changes that reach every instance of a server, by PostgreSQL. */
@NullMarked
package dev.statelessmcp.subscription.postgres;

import org.jspecify.annotations.NullMarked;
