/**
 * Notifications of changes: of lists and resources that change while the server runs, on one
 * instance or, with a message broker behind {@link dev.statelessmcp.subscription.ChangeFeed}, on
 * many.
 */
@NullMarked
package dev.statelessmcp.subscription;

import org.jspecify.annotations.NullMarked;
