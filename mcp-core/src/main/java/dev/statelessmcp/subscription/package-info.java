/**
 * Telling clients that something has changed.
 *
 * <p>Read this package to have lists or resources that change while the server runs, on one
 * instance or, with a broker of your own behind {@link dev.statelessmcp.subscription.ChangeFeed},
 * on many.
 */
@NullMarked
package dev.statelessmcp.subscription;

import org.jspecify.annotations.NullMarked;
